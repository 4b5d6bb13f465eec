import type { Event } from '@eventhorizon/core/events/event';
import { updateEvent } from '@eventhorizon/core/events/update-event';
import { publishEvent } from '@eventhorizon/core/flows/publish-event';
import { unpublishEvent } from '@eventhorizon/core/flows/unpublish-event';
import { placeUnitId } from '@eventhorizon/core/inventory/unit';
import { followListing } from '@eventhorizon/core/listings/follow-listing';
import { followOrganizationListings } from '@eventhorizon/core/listings/follow-organization-listings';
import { followVenueListings } from '@eventhorizon/core/listings/follow-venue-listings';
import { reconcileListings } from '@eventhorizon/core/listings/reconcile-listings';
import { refreshFree } from '@eventhorizon/core/listings/refresh-free';
import { refreshPopularity } from '@eventhorizon/core/listings/refresh-popularity';
import { updateOrganization } from '@eventhorizon/core/organizations/update-organization';
import { addMs, DAY_MS } from '@eventhorizon/core/shared/clock';
import { DomainError } from '@eventhorizon/core/shared/errors';
import type { EventId } from '@eventhorizon/core/shared/ids';
import type { UnitOfWork } from '@eventhorizon/core/shared/unit-of-work';
import { updateVenue } from '@eventhorizon/core/venues/update-venue';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { noTransaction } from '../testing/no-transaction.ts';
import { watchQueries } from './testing/explain.ts';
import { listedWorld } from './testing/listed-world.ts';

type World = Awaited<ReturnType<typeof listedWorld>>;
const notStopped = new AbortController().signal;

const publish = async (world: World, input: object = {}): Promise<Event> => {
  const { id: eventId } = await world.draft(input);
  return publishEvent(world.deps, { organizationId: world.organizationId, eventId });
};

describe('the listing of an event', () => {
  it('follows its publication, its changes, its venue and its end', async () => {
    await using world = await listedWorld();
    const { deps, organizationId } = world;
    const { id: eventId, venueId } = await publish(world, { title: 'Äpfel im Park', tags: ['Open Air'] });
    expect(await world.titles()).toEqual([]);
    await world.runRows();
    expect(
      (await world.search({ text: 'park apf', tags: ['open air'], city: 'berlin' })).items,
    ).toMatchObject([
      {
        id: eventId,
        title: 'Äpfel im Park',
        organization: { id: organizationId, name: 'Aurora Stages' },
        venue: { id: venueId, name: 'Hall', city: 'Berlin', country: 'DE' },
        price: { from: 2_000, to: 2_000, currency: 'EUR' },
        availability: { free: 100, capacity: 100, source: 'hint' },
        popularity: 0,
        distanceMetres: null,
      },
    ]);
    await updateEvent(deps, { organizationId, eventId, changes: { title: 'Birnen' } });
    await updateVenue(deps, { organizationId, venueId, changes: { city: 'Łódź' } });
    await world.runRows();
    expect((await world.search({ text: 'apfel' })).items).toEqual([]);
    expect((await world.search({ text: 'birnen', city: 'lodz' })).items).toMatchObject([{ id: eventId }]);
    await unpublishEvent(deps, { organizationId, eventId });
    await world.runRows();
    expect(await world.titles()).toEqual([]);
  });

  it('is not made, nor asked for, before the event was first published', async () => {
    await using world = await listedWorld();
    const { deps, organizationId } = world;
    const { id: eventId } = await world.draft();
    await updateEvent(deps, { organizationId, eventId, changes: { title: 'Secret' } });
    expect(await world.outboxRows('listing.follow')).toEqual([]);
    await followListing(deps, { eventId });
    expect(await world.db.collection('listings').countDocuments()).toBe(0);
  });

  it('is asked for in the transaction of the change, and not by a change that failed', async () => {
    await using world = await listedWorld();
    const { deps, organizationId } = world;
    const { id: eventId, venueId } = await publish(world);
    const outbox = { add: () => Promise.reject(new Error('no outbox')) };
    await expect(
      updateVenue({ ...deps, outbox }, { organizationId, venueId, changes: { name: 'New' } }),
    ).rejects.toThrow('no outbox');
    expect(await deps.venues.find(venueId)).toMatchObject({ name: 'Hall', revision: 1 });
    expect(await world.outboxRows('listing.follow_venue')).toEqual([]);
    expect(await world.outboxRows('listing.follow')).toMatchObject([{ payload: { eventId } }]);
  });

  it('is shown until the start, or as long as it is sold', async () => {
    await using world = await listedWorld();
    await publish(world, { title: 'Concert' });
    await publish(world, { title: 'Festival', salesEndAt: '2026-09-01T20:30:00Z' });
    await world.runRows();
    world.deps.clock.advance(Date.parse('2026-09-01T18:00:00Z') - world.deps.clock.now().getTime());
    expect(await world.titles()).toEqual(['Festival']);
    world.deps.clock.advance(3 * 3_600_000);
    expect(await world.titles()).toEqual([]);
  });

  it('is made again when the worker died before pages were forgotten', async () => {
    await using world = await listedWorld();
    const { id: eventId } = await publish(world);
    const dies = {
      invalidate: () => Promise.reject(new DomainError('service.unreachable', { retryAfterMs: 1 })),
    };
    await expect(followListing({ ...world.deps, listingCache: dies }, { eventId })).rejects.toMatchObject({
      code: 'service.unreachable',
    });
    expect(world.invalidations()).toBe(0);
    await followListing(world.deps, { eventId });
    expect(world.invalidations()).toBe(1);
    expect(await world.titles()).toEqual(['A concert']);
  });

  /** A worker that has read the event as it was, and writes only after another has written what `change` made of it. */
  const slowWorker = async (
    world: World,
    eventId: EventId,
    change: () => Promise<unknown>,
    unitOfWork: UnitOfWork,
  ) => {
    let changed = false;
    const listings: typeof world.deps.listings = {
      ...world.deps.listings,
      save: async (tx, listing) => {
        if (!changed) {
          changed = true;
          await change();
          await followListing(world.deps, { eventId });
        }
        await world.deps.listings.save(tx, listing);
      },
    };
    await followListing({ ...world.deps, listings, unitOfWork }, { eventId });
  };
  const renamed = async (world: World, unitOfWork: UnitOfWork, before: 'listed' | 'not listed yet') => {
    const { organizationId } = world;
    const { id: eventId } = await publish(world, { title: 'Old' });
    if (before === 'listed') await followListing(world.deps, { eventId });
    const rename = () => updateEvent(world.deps, { organizationId, eventId, changes: { title: 'New' } });
    await slowWorker(world, eventId, rename, unitOfWork);
    return world.titles();
  };

  it.each(['listed', 'not listed yet'] as const)(
    'is never made of an older event than it was before, also by a slow worker (%s)',
    async (before) => {
      await using world = await listedWorld();
      expect(await renamed(world, world.deps.unitOfWork, before)).toEqual(['New']);
    },
  );

  it('stays away when it was unpublished while a slow worker made it', async () => {
    await using world = await listedWorld();
    const { organizationId } = world;
    const { id: eventId } = await publish(world);
    const unpublish = () => unpublishEvent(world.deps, { organizationId, eventId });
    await slowWorker(world, eventId, unpublish, world.deps.unitOfWork);
    expect(await world.titles()).toEqual([]);
  });

  it('twin: without the transaction a slow worker puts the old state back', async () => {
    await using world = await listedWorld();
    expect(await renamed(world, noTransaction, 'listed')).toEqual(['Old']);
  });
});

it('shows the new name of its organization, and is found by it', async () => {
  await using world = await listedWorld();
  await publish(world);
  await world.runRows();
  const { organizationId } = world;
  const changes = { name: 'Borealis Halls' };
  await updateOrganization(world.deps, { organizationId, changes });
  await world.runRows();
  const { items } = await world.search({ text: 'borealis' });
  expect(items.map(({ organization }) => organization.name)).toEqual(['Borealis Halls']);
});

describe('the reconciler of listings', () => {
  it('builds all of them from nothing, and each query of the worker goes by an index', async () => {
    await using world = await listedWorld();
    for (const title of ['A', 'B', 'C']) await publish(world, { title });
    await world.draft({ title: 'Draft' });
    using queries = watchQueries(world.client, world.db);
    expect(await reconcileListings(world.deps, notStopped)).toMatchObject({ wrong: 3, failed: 0 });
    expect(await reconcileListings(world.deps, notStopped)).toMatchObject({ wrong: 0, failed: 0 });
    await refreshFree(world.deps, notStopped);
    await refreshPopularity(world.deps, notStopped);
    await followVenueListings(world.deps, { venueId: newId('ven') });
    await followOrganizationListings(world.deps, { organizationId: world.organizationId });
    await queries.expectIndexed();
    expect(await world.titles()).toEqual(['A', 'B', 'C']);
  });

  it('makes anew what is outdated, and takes back what is not published, whatever was lost', async () => {
    await using world = await listedWorld();
    const { deps, organizationId } = world;
    const [changed, moved, gone] = [await publish(world), await publish(world), await publish(world)];
    const sold = await publish(world, { title: 'Sold' });
    await world.runRows();
    await updateEvent(deps, { organizationId, eventId: changed.id, changes: { title: 'Changed' } });
    await updateVenue(deps, { organizationId, venueId: moved.venueId, changes: { city: 'Bonn' } });
    await unpublishEvent(deps, { organizationId, eventId: gone.id });
    await world.sell(sold, placeUnitId(sold.areas[0]?.id ?? newId('are'), 1));
    await world.db.collection('outbox').deleteMany({});
    expect(await reconcileListings(deps, notStopped)).toMatchObject({ wrong: 4, failed: 0 });
    expect((await world.titles()).toSorted()).toEqual(['A concert', 'Changed', 'Sold']);
    expect((await world.search({ city: 'bonn' })).items).toMatchObject([{ id: moved.id }]);
    expect((await world.search({ text: 'sold' })).items).toMatchObject([{ availability: { free: 99 } }]);
  });

  it('makes the others when one cannot be made, and tells of it', async () => {
    await using world = await listedWorld();
    const { id: broken } = await publish(world, { title: 'Broken' });
    for (const title of ['A', 'B']) await publish(world, { title });
    const figures = {
      unitsClaimed: async (eventId: EventId) => {
        if (eventId === broken) throw new Error('cannot be counted');
        return 0;
      },
    };
    const found = await reconcileListings({ ...world.deps, figures }, notStopped);
    expect(found).toMatchObject({ wrong: 2, failed: 1, reason: new Error('cannot be counted') });
    expect(await world.titles()).toEqual(['A', 'B']);
    expect(world.invalidations()).toBe(1);
  });

  it('forgets what is over', async () => {
    await using world = await listedWorld();
    await publish(world);
    await world.runRows();
    world.deps.clock.advance(200 * DAY_MS);
    await reconcileListings(world.deps, notStopped);
    expect(await world.db.collection('listings').countDocuments()).toBe(0);
  });
});

describe('what the worker counts for listings', () => {
  it('brings hints up to date with Redis, and forgets pages only when one was wrong', async () => {
    await using world = await listedWorld();
    const full = await publish(world, { title: 'Full' });
    await publish(world, { title: 'Unknown to Redis' });
    await world.runRows();
    const before = world.invalidations();
    const freeUnits = { count: async () => new Map([[full.id, 0]]) };
    expect(await refreshFree({ ...world.deps, freeUnits }, notStopped)).toBe(1);
    expect(await refreshFree({ ...world.deps, freeUnits }, notStopped)).toBe(0);
    expect(world.invalidations()).toBe(before + 1);
    const { items } = await world.search({ availableOnly: true });
    expect(items.map(({ title }) => title)).toEqual(['Unknown to Redis']);
  });

  it('counts tickets sold in the last 14 days, each unit once, and orders by them', async () => {
    await using world = await listedWorld();
    const [less, more] = [await publish(world, { title: 'Less' }), await publish(world, { title: 'More' })];
    await world.runRows();
    const ticket = (event: Event, ageDays: number, generation = 1) => ({
      eventId: event.id,
      generation,
      unitId: newId('tkt'),
      status: 'void',
      issuedAt: addMs(world.deps.clock.now(), -ageDays * DAY_MS),
    });
    await world.db
      .collection('tickets')
      .insertMany([ticket(less, 1), ticket(less, 1, 2), ticket(less, 15), ticket(more, 1), ticket(more, 13)]);
    expect(await refreshPopularity(world.deps, notStopped)).toBe(2);
    const popular = async () =>
      (await world.search({ sort: 'popularity' })).items.map(({ title, popularity }) => [title, popularity]);
    expect(await popular()).toEqual([
      ['More', 2],
      ['Less', 1],
    ]);
    world.deps.clock.advance(13 * DAY_MS);
    await refreshPopularity(world.deps, notStopped);
    expect((await popular()).every(([, popularity]) => popularity === 0 || popularity === 1)).toBe(true);
    await followListing(world.deps, { eventId: more.id });
    expect(await popular()).toContainEqual(['More', 1]);
  });
});
