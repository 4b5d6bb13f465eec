import { setTimeout as pause } from 'node:timers/promises';
import type { InventoryMirror } from '@eventhorizon/core/inventory/ports';
import type { EventId } from '@eventhorizon/core/shared/ids';

/** Rebuilds of most events take some milliseconds; of the largest, seconds, and then it is better to come again. */
const WAIT_MS = 1_000;
const LOOK_EVERY_MS = 50;

type Rebuild = InventoryMirror['rebuild'];

/**
 * For request paths. Who finds a copy missing that is being rebuilt waits for it, up to a second, instead of being refused: all who come in
 * this process for the one that is under way here, and one of them for the one of another process. A forced rebuild is nobody else's.
 */
export const sharedRebuilds = (mirror: InventoryMirror): InventoryMirror => {
  const running = new Map<EventId, ReturnType<Rebuild>>();

  const insist: Rebuild = async (...args) => {
    const until = performance.now() + WAIT_MS;
    for (;;) {
      const done = await mirror.rebuild(...args);
      if (done !== 'busy' || performance.now() >= until) return done;
      await pause(LOOK_EVERY_MS);
    }
  };

  const rebuild: Rebuild = async (layout, gate, truth, force = false) => {
    if (force) return mirror.rebuild(layout, gate, truth, force);
    const { eventId } = gate;
    const other = running.get(eventId);
    if (other !== undefined) {
      const done = await other;
      return done === 'rebuilt' ? 'warm' : done;
    }
    const own = insist(layout, gate, truth).finally(() => running.delete(eventId));
    running.set(eventId, own);
    return own;
  };

  return { ...mirror, rebuild };
};
