import { deleteEvent } from '@eventhorizon/core/events/delete-event';
import { getEvent } from '@eventhorizon/core/events/get-event';
import { getPublicEvent } from '@eventhorizon/core/events/get-public-event';
import { listEvents } from '@eventhorizon/core/events/list-events';
import { updateEvent } from '@eventhorizon/core/events/update-event';
import { publishEvent } from '@eventhorizon/core/flows/publish-event';
import { setAreaCapacity } from '@eventhorizon/core/flows/set-area-capacity';
import { unpublishEvent } from '@eventhorizon/core/flows/unpublish-event';
import { placeUnitId } from '@eventhorizon/core/inventory/unit';
import { seatingPlan } from '@eventhorizon/core/testing/seating-plan';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { barrier } from './testing/barrier.ts';
import { eventWorld } from './testing/event-world.ts';
import { watchQueries } from './testing/explain.ts';

const refusedWith = (code: string) => expect.objectContaining({ code });

describe('an event', () => {
  it('comes back as it was made, also with category names that look like operators', async () => {
    await using world = await eventWorld();
    const names = ['$gt', 'a.b', 'constructor', 'Ränge'];
    const map = await world.seatMap(await world.venue(), seatingPlan({ rows: 4, categories: names }));
    const event = await world.draft(
      {
        description: '# Hi',
        tags: ['A b', 'a-B'],
        imageUrl: 'https://example.org/x.png',
        salesStartAt: '2026-07-01T00:00:00+02:00',
      },
      map,
    );
    expect(event).toMatchObject({
      tags: ['a-b'],
      descriptionHtml: '<h1>Hi</h1>',
      salesStartAt: new Date('2026-06-30T22:00:00Z'),
    });
    expect(Object.keys(event.ticketTypes[0]?.prices ?? {})).toEqual(['Standing', ...names]);
    expect(await getEvent(world.deps, { organizationId: world.organizationId, eventId: event.id })).toEqual(
      event,
    );
  });

  it('that contradicts itself, or stands in a foreign venue or on a map of another venue, is not made', async () => {
    await using world = await eventWorld();
    await expect(
      world.draft({ endsAt: { local: '2026-09-01T19:00', zone: 'Europe/Berlin' } }),
    ).rejects.toEqual(refusedWith('input.invalid'));
    await expect(world.draft({ venueId: newId('ven') })).rejects.toEqual(refusedWith('thing.not_found'));
    const map = await world.seatMap(await world.venue());
    await expect(world.draft({ seatMapId: map.id })).rejects.toEqual(refusedWith('thing.not_found'));
    await expect(world.draft({ organizationId: newId('org') }, map)).rejects.toEqual(
      refusedWith('thing.not_found'),
    );
    expect(await world.db.collection('events').countDocuments()).toBe(0);
  });

  /** Two changes of different fields, both decided on the same revision. */
  const twoAtOnce = async (world: Awaited<ReturnType<typeof eventWorld>>, events = world.deps.events) => {
    const { id: eventId } = await world.draft();
    const bothHaveRead = barrier(2);
    const findOwn: typeof events.findOwn = async (...args) => {
      const event = await events.findOwn(...args);
      await bothHaveRead();
      return event;
    };
    const deps = { ...world.deps, events: { ...events, findOwn } };
    const { organizationId } = world;
    const results = await Promise.allSettled([
      updateEvent(deps, { organizationId, eventId, changes: { title: 'New title' } }),
      updateEvent(deps, { organizationId, eventId, changes: { category: 'new-category' } }),
    ]);
    const event = await getEvent(world.deps, { organizationId, eventId });
    return {
      said: results.filter(({ status }) => status === 'fulfilled').length,
      kept: [event.title === 'New title', event.category === 'new-category'].filter(Boolean).length,
      refused: results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : [])),
    };
  };

  it('changed by two at once keeps one change and tells the other', async () => {
    await using world = await eventWorld();
    expect(await twoAtOnce(world)).toEqual({ said: 1, kept: 1, refused: ['event.changed_meanwhile'] });
  });

  it('twin: without the compare-and-set on the revision a change is lost without a word', async () => {
    await using world = await eventWorld();
    const { events } = world.deps;
    const blind: typeof events = {
      ...events,
      saveChange: async (tx, next) =>
        events.saveChange(tx, next, (await events.find(next.id, tx))?.revision ?? 0),
    };
    expect(await twoAtOnce(world, blind)).toEqual({ said: 2, kept: 1, refused: [] });
  });

  it('tells Redis of each change in the same transaction, and of none that failed', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const { id: eventId } = await world.draft();
    await updateEvent(world.deps, { organizationId, eventId, changes: { title: 'New' } });
    expect(await world.outboxRows('inventory.follow_event')).toMatchObject([
      { payload: { eventId }, open: true },
    ]);
    const outbox = { add: () => Promise.reject(new Error('no outbox')) };
    await expect(
      updateEvent({ ...world.deps, outbox }, { organizationId, eventId, changes: { title: 'Newer' } }),
    ).rejects.toThrow('no outbox');
    expect(await getEvent(world.deps, { organizationId, eventId })).toMatchObject({
      title: 'New',
      revision: 2,
    });
  });

  it('is not changed from a revision that somebody has not seen', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const { id: eventId } = await world.draft();
    await updateEvent(world.deps, { organizationId, eventId, revision: 1, changes: { title: 'A' } });
    await expect(
      updateEvent(world.deps, { organizationId, eventId, revision: 1, changes: { title: 'B' } }),
    ).rejects.toEqual(refusedWith('event.changed_meanwhile'));
  });

  it('on sale stays sellable, and one to be published later stays publishable then', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const { id: eventId, ticketTypes } = await world.draft();
    const unpriced = { ticketTypes: ticketTypes.map((type) => ({ ...type, prices: {} })) };
    await publishEvent(world.deps, { organizationId, eventId, at: new Date('2026-07-01') });
    const change = { organizationId, eventId, changes: unpriced };
    await expect(updateEvent(world.deps, change)).rejects.toEqual(refusedWith('event.not_publishable'));
    await publishEvent(world.deps, { organizationId, eventId });
    await expect(updateEvent(world.deps, change)).rejects.toEqual(refusedWith('event.not_publishable'));
  });

  it('of another organization is not there for any command or query of an organizer', async () => {
    await using world = await eventWorld();
    const { deps } = world;
    const { id: eventId, areas } = await world.draft();
    const asked = { organizationId: newId('org'), eventId };
    const notThere = refusedWith('thing.not_found');
    const areaId = areas[0]?.id ?? newId('are');
    await expect(getEvent(deps, asked)).rejects.toEqual(notThere);
    await expect(updateEvent(deps, { ...asked, changes: { title: 'Mine' } })).rejects.toEqual(notThere);
    await expect(publishEvent(deps, asked)).rejects.toEqual(notThere);
    await expect(unpublishEvent(deps, asked)).rejects.toEqual(notThere);
    await expect(deleteEvent(deps, asked)).rejects.toEqual(notThere);
    await expect(setAreaCapacity(deps, { ...asked, areaId, capacity: 1 })).rejects.toEqual(notThere);
    expect((await listEvents(deps, { organizationId: asked.organizationId, limit: 10 })).items).toEqual([]);
  });

  it('is public only when it is no draft, without what concerns its organizers alone', async () => {
    await using world = await eventWorld();
    const { deps, organizationId } = world;
    const { id: eventId } = await world.draft();
    await expect(getPublicEvent(deps, { eventId })).rejects.toEqual(refusedWith('thing.not_found'));
    await publishEvent(deps, { organizationId, eventId });
    const { event, venue } = await getPublicEvent(deps, { eventId });
    expect(event).toMatchObject({ id: eventId, status: 'published' });
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['publishAt']));
    expect(venue).not.toHaveProperty('organizationId');
  });

  it('is deleted as a draft only, and not when anything of it is sold', async () => {
    await using world = await eventWorld();
    const { deps, organizationId } = world;
    const published = await world.draft();
    await publishEvent(deps, { organizationId, eventId: published.id });
    await expect(deleteEvent(deps, { organizationId, eventId: published.id })).rejects.toEqual(
      refusedWith('event.not_editable'),
    );
    const sold = await world.draft();
    await world.sell(sold, placeUnitId(sold.areas[0]?.id ?? newId('are'), 1));
    await expect(deleteEvent(deps, { organizationId, eventId: sold.id })).rejects.toEqual(
      refusedWith('event.has_bookings'),
    );
    const plain = await world.draft();
    await deleteEvent(deps, { organizationId, eventId: plain.id });
    const left = await world.db
      .collection('events')
      .find({}, { projection: { _id: 1 } })
      .toArray();
    expect(left.map(({ _id }) => `${_id}`).sort()).toEqual([published.id, sold.id].sort());
  });

  it('is listed once, in a stable order, over pages of any size, and every query goes by an index', async () => {
    await using world = await eventWorld();
    const { deps, organizationId } = world;
    const days = ['03', '01', '02', '02', '02'];
    const made: string[] = [];
    for (const day of days) {
      const { id: eventId } = await world.draft({
        startsAt: { local: `2026-10-${day}T20:00`, zone: 'UTC' },
        endsAt: { local: `2026-10-${day}T22:00`, zone: 'UTC' },
      });
      made.push(eventId);
      await publishEvent(deps, { organizationId, eventId });
    }
    await world.draft();
    using queries = watchQueries(world.client, world.db);
    const all = async <T>(
      page: (cursor: string | undefined) => Promise<{ items: readonly T[]; nextCursor: string | null }>,
    ) => {
      const items: T[] = [];
      let cursor: string | undefined;
      do {
        const next = await page(cursor);
        items.push(...next.items);
        cursor = next.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return items;
    };
    const own = await all((cursor) =>
      listEvents(deps, { organizationId, limit: 2, cursor, status: 'published' }),
    );
    expect(own.map(({ id }) => id)).toEqual([...made].reverse());
    expect(await all((cursor) => listEvents(deps, { organizationId, limit: 4, cursor }))).toHaveLength(6);
    await updateEvent(deps, { organizationId, eventId: own[0]?.id ?? newId('evt'), changes: { title: 'x' } });
    await getPublicEvent(deps, { eventId: own[0]?.id ?? newId('evt') });
    await queries.expectIndexed();
    await expect(listEvents(deps, { organizationId, limit: 2, cursor: 'bm9uc2Vuc2U' })).rejects.toEqual(
      refusedWith('cursor.invalid'),
    );
  });

  it('is not over before its start nor before the end of its sale, and is found so by an index', async () => {
    await using world = await eventWorld();
    const { deps, organizationId } = world;
    const zone = 'Europe/Berlin';
    const on = (day: string, input: object = {}) =>
      world.draft({
        startsAt: { local: `2026-${day}T10:00`, zone },
        endsAt: { local: '2026-10-20T22:00', zone },
        ...input,
      });
    const over = await on('09-01');
    const festival = await on('09-01', { salesEndAt: '2026-10-15T00:00:00+02:00' });
    const soldBefore = await on('10-10', { salesEndAt: '2026-09-01T00:00:00+02:00' });
    const both = await on('10-10', { salesEndAt: '2026-10-10T00:00:00+02:00' });
    for (const { id: eventId } of [over, festival, soldBefore, both])
      await publishEvent(deps, { organizationId, eventId });
    await on('10-10');
    const postponed = await on('09-01');
    await world.db
      .collection<{ _id: string }>('events')
      .updateOne({ _id: postponed.id }, { $set: { status: 'postponed' } });
    using queries = watchQueries(world.client, world.db);
    const ids = await deps.events.idsNotOver(new Date('2026-10-01T00:00:00Z'));
    expect(ids.toSorted()).toEqual([festival.id, soldBefore.id, both.id, postponed.id].toSorted());
    await queries.expectIndexed();
  });
});
