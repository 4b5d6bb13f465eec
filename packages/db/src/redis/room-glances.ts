import type { EventId } from '@eventhorizon/core/shared/ids';
import type { RoomGlance, RoomGlances } from '@eventhorizon/core/waiting-room/ports';
import { LRUCache } from 'lru-cache';
import { eventKey } from './keys.ts';
import type { ScriptRunner } from './script-runner.ts';

/** How old what is told may be, as with availability. */
const MAX_AGE_MS = 250;

export type RoomGlancesOptions = {
  /** Milliseconds of a clock that never goes back. */
  readonly monotonicMs?: () => number;
  readonly maxEvents?: number;
};

const numberOrNull = (value: unknown): number | null => (value === '' ? null : Number(value));

/** One read of Redis per event and 250 ms, however many ask. Bounded: the least recently asked events are forgotten. */
export const createRoomGlances = (
  { run }: ScriptRunner,
  { monotonicMs = () => performance.now(), maxEvents = 500 }: RoomGlancesOptions = {},
): RoomGlances => {
  const entries = new LRUCache<EventId, { readonly glance: RoomGlance; readonly readAtMs: number }>({
    max: maxEvents,
  });
  const reading = new Map<EventId, Promise<RoomGlance>>();

  const read = async (eventId: EventId): Promise<RoomGlance> => {
    // Taken before Redis is asked, so that `now` is never ahead of the clock by more than the round trip.
    const readAtMs = monotonicMs();
    const { rest } = await run('read-room', [eventKey(eventId, 'room'), eventKey(eventId, 'meta')], []);
    const [ms, nextNumber, revision] = rest;
    const glance = {
      now: new Date(Number(ms)),
      nextNumber: numberOrNull(nextNumber),
      revision: numberOrNull(revision),
    };
    entries.set(eventId, { glance, readAtMs });
    return glance;
  };

  return {
    refresh: read,
    get: async (eventId) => {
      const entry = entries.get(eventId);
      const ageMs = entry === undefined ? MAX_AGE_MS : monotonicMs() - entry.readAtMs;
      if (entry !== undefined && ageMs < MAX_AGE_MS)
        return { ...entry.glance, now: new Date(entry.glance.now.getTime() + Math.round(ageMs)) };
      const shared = reading.get(eventId) ?? read(eventId).finally(() => reading.delete(eventId));
      reading.set(eventId, shared);
      return shared;
    },
  };
};
