import type { ChangeBell } from '@eventhorizon/core/inventory/ports';
import type { EventId } from '@eventhorizon/core/shared/ids';
import type { Redis } from 'ioredis';
import { REQUEST_TIMEOUT_MS } from './connect.ts';
import { changeChannel } from './keys.ts';

export type ChangeBellOptions = {
  /** A connection of its own, made by `connectForWork`: one that subscribes can do nothing else. */
  readonly redis: Redis;
  readonly onError: (error: unknown) => void;
};

/** Hears what the scripts ring (lua/lib-bell.lua). One subscription a channel, however many listen; none when nobody does. */
export const createChangeBell = ({ redis, onError }: ChangeBellOptions): ChangeBell => {
  const rings = new Map<string, Set<() => void>>();
  const ringAll = (channel: string): void => {
    for (const ring of rings.get(channel) ?? []) ring();
  };
  const subscribe = async (...channels: string[]): Promise<void> => {
    await redis.subscribe(...channels);
    for (const channel of channels) ringAll(channel);
  };
  redis.on('message', ringAll);
  // ioredis subscribes anew by itself and tells nobody when that is done. Subscribing twice is subscribing once.
  redis.on('ready', () => {
    if (rings.size > 0) subscribe(...rings.keys()).catch(onError);
  });

  /** Late is no matter: it rings when it is there, and until then whoever listens looks by himself. */
  const inTime = async (subscribed: Promise<void>): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, REQUEST_TIMEOUT_MS);
    });
    await Promise.race([subscribed.catch(onError), late]);
    clearTimeout(timer);
  };

  return {
    listen: async (eventId: EventId, ring) => {
      const channel = changeChannel(eventId);
      const mine = () => ring();
      const known = rings.get(channel);
      if (known === undefined) rings.set(channel, new Set([mine]));
      else known.add(mine);
      await inTime(subscribe(channel));
      return () => {
        const here = rings.get(channel);
        if (here?.delete(mine) !== true || here.size > 0) return;
        rings.delete(channel);
        redis.unsubscribe(channel).catch(onError);
      };
    },
  };
};
