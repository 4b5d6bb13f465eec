import type { Event } from '@eventhorizon/core/events/event';
import type { EventId } from '@eventhorizon/core/shared/ids';
import { describe, expect, test } from 'vitest';
import { createInventorySchedules, type InventorySchedulesDeps } from './inventory-schedules.ts';
import { keptLog } from './testing/kept-log.ts';

const NOW = new Date('2026-11-21T12:00:00Z');
const idOf = (n: number): EventId => `evt_01h455vb4pex5vsknk084s${String(n).padStart(4, '0')}` as EventId;
const notStopped = new AbortController().signal;

/** 250 events on sale; `owners` is what Redis says of one. */
const world = (
  owners: (eventId: EventId) => Promise<ReadonlyMap<string, string> | null>,
  broken: EventId | null = null,
) => {
  const eventIds = Array.from({ length: 250 }, (_, n) => idOf(n));
  const asked: Date[] = [];
  const swept: EventId[] = [];
  const followed: { eventId: EventId; change: string; owner: string }[] = [];
  const repaired: [number, number][] = [];
  const log = keptLog();
  let reads = 0;
  const deps: InventorySchedulesDeps = {
    events: {
      idsNotOver: async (from) => {
        asked.push(from);
        return eventIds;
      },
    },
    inventory: {
      mirror: {
        sweep: async (eventId) => {
          if (eventId === broken) throw new Error('Redis is away');
          return swept.push(eventId);
        },
        owners,
        follow: async ({ eventId, change, owner }) => {
          followed.push({ eventId, change, owner });
          return 'applied';
        },
        rebuild: async () => 'warm',
        setGate: async () => 'applied',
      },
      // Something changes between any two reads.
      reader: {
        read: async (eventId) => {
          reads += 1;
          return {
            eventId,
            epoch: 'one',
            version: reads,
            revision: 1,
            counts: [],
            seats: new Uint8Array(),
          };
        },
      },
      claims: {
        streamOfEvent: async function* () {
          // Mongo has no claims.
        },
        findOwners: async () => [],
      },
      layouts: {
        get: async () => {
          throw new Error('nothing from memory');
        },
        refresh: async (eventId) => ({
          event: { id: eventId } as Event,
          layout: {
            eventId,
            revision: 1,
            seatMapId: null,
            pools: [],
            seats: [],
            findUnit: (unitId) => ({ unitId, pool: 0, seat: 0, place: 0 }),
            seatUnit: () => ({ unitId: 's:1', pool: 0, seat: 0, place: 0 }),
            poolOf: () => ({ index: 0, kind: 'seats', key: 'a', priceCategory: 'a', capacity: 1 }),
            labelOf: () => 'a seat',
          },
        }),
      },
    },
    clock: { now: () => NOW },
    log,
    repaired: (marked, freed) => void repaired.push([marked, freed]),
  };
  const [sweep, reconcile] = createInventorySchedules(deps);
  if (sweep === undefined || reconcile === undefined) throw new Error('two schedules');
  return { sweep, reconcile, eventIds, asked, swept, followed, repaired, log };
};

const nothing = async () => new Map<string, string>();

describe('the sweep', () => {
  test('reaches every event on sale, and asks for them no more than every few seconds', async () => {
    const w = world(nothing);
    await w.sweep.work(notStopped);
    await w.sweep.work(notStopped);
    expect(new Set(w.swept)).toEqual(new Set(w.eventIds));
    expect(w.swept).toHaveLength(500);
    expect(w.asked).toHaveLength(1);
  });
  test('goes on for a day after an event’s start and the end of its sale', async () => {
    const w = world(nothing);
    await w.sweep.work(notStopped);
    expect(w.asked).toEqual([new Date('2026-11-20T12:00:00Z')]);
  });
  test('reaches all the others when one event cannot be swept, and says so once', async () => {
    const w = world(nothing, idOf(125));
    await w.sweep.work(notStopped);
    expect(w.swept).toHaveLength(249);
    expect(w.log.lines).toMatchObject([
      { level: 'warn', fields: { events: 1, eventId: idOf(125), reason: 'Error: Redis is away' } },
    ]);
  });
  test('ends early when the worker stops', async () => {
    const w = world(nothing);
    const stopping = new AbortController();
    stopping.abort();
    await w.sweep.work(stopping.signal);
    expect(w.swept).toEqual([]);
  });
});

describe('the reconciler', () => {
  test('repairs what Redis has wrong, counts it, and says so', async () => {
    const wrong = idOf(7);
    const w = world(async (eventId) => new Map(eventId === wrong ? [['s:1', 'bkg_gone']] : []));
    await w.reconcile.work(notStopped);
    expect(w.followed).toEqual([{ eventId: wrong, change: 'free', owner: 'bkg_gone' }]);
    expect(w.repaired).toEqual([[0, 1]]);
    expect(w.log.lines).toMatchObject([{ level: 'warn', fields: { eventId: wrong, freed: 1 } }]);
  });
  test('goes on with the next event when one cannot be read', async () => {
    let reached = 0;
    const w = world(async (eventId) => {
      if (eventId === idOf(0)) throw new Error('Redis is away');
      reached += 1;
      return new Map();
    });
    await w.reconcile.work(notStopped);
    expect(reached).toBe(249);
    expect(w.log.lines).toHaveLength(1);
  });
});
