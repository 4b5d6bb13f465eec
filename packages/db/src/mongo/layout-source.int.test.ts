import { updateEvent } from '@eventhorizon/core/events/update-event';
import { publishEvent } from '@eventhorizon/core/flows/publish-event';
import type { LayoutSource } from '@eventhorizon/core/inventory/ports';
import { seatingPlan } from '@eventhorizon/core/testing/seating-plan';
import { describe, expect, it, vi } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { mongoLayoutSource } from './layout-source.ts';
import { eventWorld } from './testing/event-world.ts';
import { watchQueries } from './testing/explain.ts';

type World = Awaited<ReturnType<typeof eventWorld>>;
const refusedWith = (code: string) => expect.objectContaining({ code });

/** How long a condition is waited for; a busy machine takes its time. */
const soon = { timeout: 30_000, interval: 10 };

/** A published event with six seats, a source with a clock of its own, and everything it asks Mongo. */
const sourceFor = async (world: World) => {
  const map = await world.seatMap(await world.venue(), seatingPlan());
  const { id: eventId } = await world.draft({}, map);
  await publishEvent(world.deps, { organizationId: world.organizationId, eventId });
  let ms = 0;
  const queries = watchQueries(world.client, world.db);
  return {
    eventId,
    queries,
    source: mongoLayoutSource({ ...world.deps, monotonicMs: () => ms }),
    pass: (by: number) => {
      ms += by;
    },
    rename: (title: string) =>
      updateEvent(world.deps, { organizationId: world.organizationId, eventId, changes: { title } }),
    [Symbol.dispose]: () => queries[Symbol.dispose](),
  };
};

describe('a remembered layout', () => {
  it('is read once, also when many ask at the same time, and then not from Mongo within a second', async () => {
    await using world = await eventWorld();
    using it = await sourceFor(world);
    const got = await Promise.all(Array.from({ length: 20 }, () => it.source.get(it.eventId)));
    expect(new Set(got).size).toBe(1);
    expect(got[0]?.layout.seats).toHaveLength(6);
    expect(it.queries.seen()).toEqual(['find events', 'find seatBlocks']);
    it.pass(999);
    await it.source.get(it.eventId);
    expect(it.queries.seen()).toHaveLength(2);
    await it.queries.expectIndexed();
  });

  it('older than a second is answered at once and looked after beside it; its seats are not read again', async () => {
    await using world = await eventWorld();
    using it = await sourceFor(world);
    const first = await it.source.get(it.eventId);
    await it.rename('New');
    const before = it.queries.seen().length;
    it.pass(1_000);
    expect(await it.source.get(it.eventId)).toBe(first);
    await vi.waitFor(async () => expect((await it.source.get(it.eventId)).event.title).toBe('New'), soon);
    expect(it.queries.seen().slice(before)).toEqual(['find events', 'find events']);
    const second = await it.source.get(it.eventId);
    expect(second.layout.revision).toBe(second.event.revision);
    expect(second.layout.seats).toBe(first.layout.seats);
  });

  it('that did not change is looked at by one small read', async () => {
    await using world = await eventWorld();
    using it = await sourceFor(world);
    const first = await it.source.get(it.eventId);
    const before = it.queries.seen().length;
    it.pass(5_000);
    await Promise.all(Array.from({ length: 10 }, () => it.source.get(it.eventId)));
    await vi.waitFor(() => expect(it.queries.seen().slice(before)).toEqual(['find events']), soon);
    expect(await it.source.get(it.eventId)).toBe(first);
  });

  it('is read anew by refresh', async () => {
    await using world = await eventWorld();
    using it = await sourceFor(world);
    const first = await it.source.get(it.eventId);
    await it.rename('New');
    expect((await it.source.refresh(it.eventId)).event).toMatchObject({
      title: 'New',
      revision: first.event.revision + 1,
    });
    expect((await it.source.get(it.eventId)).event.title).toBe('New');
  });

  /** A refresh whose read came before a change and is answered after it; a second refresh is asked for after the change. */
  const refreshAcrossChange = async (
    world: World,
    sourceOf: (events: World['deps']['events']) => Pick<LayoutSource, 'refresh'>,
  ) => {
    using it = await sourceFor(world);
    let answer = (): void => undefined;
    const changed = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let read = (): void => undefined;
    const hasRead = new Promise<void>((resolve) => {
      read = resolve;
    });
    const find: typeof world.deps.events.find = async (...args) => {
      const event = await world.deps.events.find(...args);
      read();
      await changed;
      return event;
    };
    const source = sourceOf({ ...world.deps.events, find });
    const early = source.refresh(it.eventId);
    await hasRead;
    await it.rename('New');
    const late = Promise.all([source.refresh(it.eventId), source.refresh(it.eventId)]);
    answer();
    await early;
    const titles = (await late).map(({ event }) => event.title);
    return { titles, reads: it.queries.seen().filter((query) => query === 'find events').length };
  };

  it('is never refreshed by a read that began before the call: a change is not missed', async () => {
    await using world = await eventWorld();
    const { titles, reads } = await refreshAcrossChange(world, (events) =>
      mongoLayoutSource({ ...world.deps, events }),
    );
    // The early read, the organizer's own, and one that both late callers share.
    expect({ titles, reads }).toEqual({ titles: ['New', 'New'], reads: 3 });
  });

  it('twin: by joining the read under way the change is missed', async () => {
    await using world = await eventWorld();
    const joining = (events: World['deps']['events']): Pick<LayoutSource, 'refresh'> => {
      const source = mongoLayoutSource({ ...world.deps, events });
      let running: ReturnType<LayoutSource['refresh']> | null = null;
      return {
        refresh: (eventId) => {
          running ??= source.refresh(eventId);
          return running;
        },
      };
    };
    const { titles } = await refreshAcrossChange(world, joining);
    expect(titles).toEqual(['A concert', 'A concert']);
  });

  it('is still there while Mongo is away', async () => {
    await using world = await eventWorld();
    using it = await sourceFor(world);
    let ms = 0;
    let away = false;
    const events = {
      ...world.deps.events,
      revisionOf: () => (away ? Promise.reject(new Error('no server')) : Promise.resolve(null)),
    };
    const source = mongoLayoutSource({ ...world.deps, events, monotonicMs: () => ms });
    const first = await source.get(it.eventId);
    away = true;
    for (let i = 0; i < 3; i += 1) {
      ms += 10_000;
      expect(await source.get(it.eventId)).toBe(first);
    }
  });

  it('of an event that is not there is refused, also after the event was deleted', async () => {
    await using world = await eventWorld();
    using it = await sourceFor(world);
    await expect(it.source.get(newId('evt'))).rejects.toEqual(refusedWith('thing.not_found'));
    await it.source.get(it.eventId);
    await world.db.collection('events').deleteMany({});
    await expect(it.source.refresh(it.eventId)).rejects.toEqual(refusedWith('thing.not_found'));
    await expect(it.source.get(it.eventId)).rejects.toEqual(refusedWith('thing.not_found'));
  });

  it('goes when there are too many: the memory is bounded by seats', async () => {
    await using world = await eventWorld();
    using it = await sourceFor(world);
    const map = await world.seatMap(await world.venue(), seatingPlan());
    const other = await world.draft({}, map);
    const source = mongoLayoutSource({ ...world.deps, maxSeats: 7 });
    const first = await source.get(it.eventId);
    await source.get(other.id);
    expect(await source.get(it.eventId)).not.toBe(first);
  });
});
