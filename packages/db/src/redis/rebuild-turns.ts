import type { SpentTurn } from '@eventhorizon/core/inventory/spent-turn';
import type { EventId } from '@eventhorizon/core/shared/ids';
import type { Redis } from 'ioredis';
import { eventKey } from './keys.ts';
import { STAGING_KEY, type StagingWriter } from './staging-writer.ts';

/** Fields a script takes at once. */
const CHUNK = 1_000;

const isBinding = (field: string): boolean => /^\d+$/.test(field);

/** Whom a number was bound to, as far as Redis still knows; what used it Mongo and the holds say. */
const carryBindings = async (redis: Redis, writer: StagingWriter, eventId: EventId): Promise<void> => {
  let cursor = '0';
  do {
    const [next, page] = await redis.hscan(eventKey(eventId, 'turns'), cursor, 'COUNT', CHUNK);
    cursor = next;
    const bound: string[] = [];
    for (let at = 0; at + 1 < page.length; at += 2) {
      const [field = '', owner = ''] = page.slice(at, at + 2);
      if (isBinding(field)) bound.push(field, owner);
    }
    if (bound.length > 0) await writer.write([['HSET', STAGING_KEY.turns, ...bound]]);
  } while (cursor !== '0');
};

/**
 * Puts turns into the staging keys: what is left of the copy before, and over it what Mongo has, of which nothing is forgotten. Turns of holds
 * that come along are put in with them (lua/rebuild-hold.lua).
 */
export const loadTurns = async (
  redis: Redis,
  writer: StagingWriter,
  eventId: EventId,
  spent: AsyncIterable<SpentTurn>,
): Promise<void> => {
  await carryBindings(redis, writer, eventId);
  let fields: string[] = [];
  const flush = async () => {
    if (fields.length > 0) await writer.write([['HSET', STAGING_KEY.turns, ...fields]]);
    fields = [];
  };
  for await (const { number, owner, person } of spent) {
    fields.push(String(number), person, `u:${number}`, owner);
    if (fields.length >= CHUNK * 2) await flush();
  }
  await flush();
};
