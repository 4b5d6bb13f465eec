import type { Tx } from '@eventhorizon/core/shared/unit-of-work';
import { getVenue } from '@eventhorizon/core/venues/get-venue';
import { listVenues } from '@eventhorizon/core/venues/list-venues';
import { updateVenue } from '@eventhorizon/core/venues/update-venue';
import type { Venue } from '@eventhorizon/core/venues/venue';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { barrier } from './testing/barrier.ts';
import { eventWorld } from './testing/event-world.ts';
import { watchQueries } from './testing/explain.ts';

const refusedWith = (code: string) => expect.objectContaining({ code });

describe('a venue', () => {
  it('comes back as it was made and as it was changed, with or without a place on the map', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const made = await world.venue();
    expect(await getVenue(world.deps, { organizationId, venueId: made.id })).toEqual(made);
    const changed = await updateVenue(world.deps, {
      organizationId,
      venueId: made.id,
      changes: { name: 'New', location: null },
    });
    expect(changed).toMatchObject({ name: 'New', city: 'Berlin', location: null, revision: 2 });
    expect(await getVenue(world.deps, { organizationId, venueId: made.id })).toEqual(changed);
  });

  it('keeps counting seat map versions when it is changed', async () => {
    await using world = await eventWorld();
    const venue = await world.venue();
    await world.seatMap(venue);
    await updateVenue(world.deps, {
      organizationId: world.organizationId,
      venueId: venue.id,
      changes: { name: 'New' },
    });
    expect((await world.seatMap(venue)).version).toBe(2);
  });

  it('changed by two at once keeps one change and tells the other', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const { id: venueId } = await world.venue();
    const results = await twoAtOnce(world, { organizationId, venueId });
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'venue.changed_meanwhile' },
    });
  });

  it('twin: without the compare-and-set one of two changes is lost without a word', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const { id: venueId } = await world.venue();
    const blind = {
      ...world.deps.venues,
      saveChange: async (tx: Tx, next: Venue) =>
        world.deps.venues.saveChange(tx, next, (await world.deps.venues.find(next.id, tx))?.revision ?? 0),
    };
    const results = await twoAtOnce(
      { ...world, deps: { ...world.deps, venues: blind } },
      { organizationId, venueId },
    );
    const said = results.filter(({ status }) => status === 'fulfilled').length;
    const { name, city } = await getVenue(world.deps, { organizationId, venueId });
    const kept = [name === 'New name', city === 'New city'].filter(Boolean).length;
    expect({ said, kept }).toEqual({ said: 2, kept: 1 });
  });

  it('of another organization is not there', async () => {
    await using world = await eventWorld();
    const { id: venueId } = await world.venue();
    const stranger = newId('org');
    await expect(getVenue(world.deps, { organizationId: stranger, venueId })).rejects.toEqual(
      refusedWith('thing.not_found'),
    );
    await expect(
      updateVenue(world.deps, { organizationId: stranger, venueId, changes: { name: 'Mine' } }),
    ).rejects.toEqual(refusedWith('thing.not_found'));
    expect((await listVenues(world.deps, { organizationId: stranger, limit: 10 })).items).toEqual([]);
  });

  it('is listed by name, each once, over pages of any size, and every query goes by an index', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const names = ['C', 'A', 'B', 'B', 'B', 'ä'];
    for (const name of names) {
      const { id: venueId } = await world.venue();
      await updateVenue(world.deps, { organizationId, venueId, changes: { name } });
    }
    using queries = watchQueries(world.client, world.db);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listVenues(world.deps, { organizationId, limit: 2, cursor });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['A', 'B', 'B', 'B', 'C', 'ä']);
    await queries.expectIndexed();
  });
});

type World = Awaited<ReturnType<typeof eventWorld>>;

/** Two changes of different fields, both made from the same revision: the second reads before the first writes. */
const twoAtOnce = (world: Pick<World, 'deps'>, of: Parameters<typeof getVenue>[1]) => {
  const bothHaveRead = barrier(2);
  const venues = {
    ...world.deps.venues,
    findOwn: async (...args: Parameters<typeof world.deps.venues.findOwn>) => {
      const venue = await world.deps.venues.findOwn(...args);
      await bothHaveRead();
      return venue;
    },
  };
  const deps = { ...world.deps, venues };
  return Promise.allSettled([
    updateVenue(deps, { ...of, changes: { name: 'New name' } }),
    updateVenue(deps, { ...of, changes: { city: 'New city' } }),
  ]);
};
