import type { UnitOfWork } from '@eventhorizon/core/shared/unit-of-work';
import { seatingPlan } from '@eventhorizon/core/testing/seating-plan';
import { getSeatMap } from '@eventhorizon/core/venues/get-seat-map';
import { importSeatMap } from '@eventhorizon/core/venues/import-seat-map';
import { listSeatMaps } from '@eventhorizon/core/venues/list-seat-maps';
import { listSeats } from '@eventhorizon/core/venues/list-seats';
import { parseSeatingPlan } from '@eventhorizon/core/venues/parse-seating-plan';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { seatBlocksCollection, seatMapsCollection } from './seat-maps.ts';
import { barrier } from './testing/barrier.ts';
import { eventWorld } from './testing/event-world.ts';
import { watchQueries } from './testing/explain.ts';

type World = Awaited<ReturnType<typeof eventWorld>>;
const stored = async ({ db }: World) => ({
  maps: await db.collection(seatMapsCollection.name).countDocuments(),
  /** Those that stay: the others are forgotten by themselves. */
  blocks: await db.collection(seatBlocksCollection.name).countDocuments({ expireAt: { $exists: false } }),
});
const refusedWith = (code: string) => expect.objectContaining({ code });

describe('an imported seat map', () => {
  it('of 100,000 seats is kept whole and in order', async () => {
    await using world = await eventWorld();
    const plan = seatingPlan({ rows: 1_000, seatsPerRow: 100 });
    const seatMap = await world.seatMap(await world.venue(), plan);
    expect(seatMap).toMatchObject({ version: 1, seatCount: 100_000, name: 'Small hall' });
    const parsed = parseSeatingPlan(JSON.stringify(plan));
    expect(await world.deps.seatMaps.seatsOf(seatMap.id)).toEqual(parsed.ok && parsed.seats);
  });

  it('with faults is refused with every place, and nothing is stored', async () => {
    await using world = await eventWorld();
    const venue = await world.venue();
    const csv = 'section,row,seat,category,x,y\nA,1,1,C,1,1\nA,1,1,C,1,1\nA,1,,C,1,1\n';
    const command = {
      organizationId: world.organizationId,
      venueId: venue.id,
      format: 'csv' as const,
      content: csv,
    };
    await expect(importSeatMap(world.deps, command)).rejects.toMatchObject({
      code: 'seat_map.faulty',
      details: { total: 2, faults: [{ place: 'line 3' }, { place: 'line 4, seat' }] },
    });
    expect(await stored(world)).toEqual({ maps: 0, blocks: 0 });
  });

  const importThatBreaks = async (world: World, unitOfWork: UnitOfWork) => {
    const venue = await world.venue();
    const seatMaps = {
      ...world.deps.seatMaps,
      insert: async (...args: Parameters<typeof world.deps.seatMaps.insert>) => {
        await world.deps.seatMaps.insert(...args);
        throw new Error('the process dies here');
      },
    };
    await expect(
      importSeatMap(
        { ...world.deps, seatMaps, unitOfWork },
        {
          organizationId: world.organizationId,
          venueId: venue.id,
          format: 'plan',
          content: JSON.stringify(seatingPlan()),
        },
      ),
    ).rejects.toThrow('the process dies here');
    return stored(world);
  };

  it('whose writing breaks leaves nothing behind', async () => {
    await using world = await eventWorld();
    expect(await importThatBreaks(world, world.deps.unitOfWork)).toEqual({ maps: 0, blocks: 0 });
  });

  it('twin: without the transaction it leaves a map behind', async () => {
    await using world = await eventWorld();
    const noTransaction = {
      run: (work: (tx: never) => unknown) => work(undefined as never),
    } as unknown as UnitOfWork;
    expect(await importThatBreaks(world, noTransaction)).toEqual({ maps: 1, blocks: 1 });
  });

  it('has a version number of its own, however many are imported at once', async () => {
    await using world = await eventWorld();
    const venue = await world.venue();
    const maps = await Promise.all(Array.from({ length: 8 }, () => world.seatMap(venue)));
    expect(maps.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await world.seatMap(await world.venue())).version).toBe(1);
  });

  it('twin: with numbers found by counting, and without the index, versions are given twice', async () => {
    await using world = await eventWorld();
    const venue = await world.venue();
    const maps = world.db.collection(seatMapsCollection.name);
    await maps.dropIndex('version_once');
    const everybodyHasCounted = barrier(3);
    const takeSeatMapVersion = async () => {
      const version = (await maps.countDocuments({ venueId: venue.id })) + 1;
      await everybodyHasCounted();
      return version;
    };
    const deps = { ...world.deps, venues: { ...world.deps.venues, takeSeatMapVersion } };
    const command = {
      organizationId: world.organizationId,
      venueId: venue.id,
      format: 'plan' as const,
      content: JSON.stringify(seatingPlan()),
    };
    const made = await Promise.all(Array.from({ length: 3 }, () => importSeatMap(deps, command)));
    expect(new Set(made.map(({ version }) => version)).size).toBe(1);
  });

  it('belongs to its organization: to another it is not there', async () => {
    await using world = await eventWorld();
    const venue = await world.venue();
    const { id: seatMapId } = await world.seatMap(venue);
    const stranger = newId('org');
    const notThere = refusedWith('thing.not_found');
    await expect(getSeatMap(world.deps, { organizationId: stranger, seatMapId })).rejects.toEqual(notThere);
    await expect(
      listSeats(world.deps, { organizationId: stranger, seatMapId, from: 0, limit: 10 }),
    ).rejects.toEqual(notThere);
    await expect(
      importSeatMap(world.deps, {
        organizationId: stranger,
        venueId: venue.id,
        format: 'plan',
        content: JSON.stringify(seatingPlan()),
      }),
    ).rejects.toEqual(notThere);
    await expect(
      listSeatMaps(world.deps, { organizationId: stranger, venueId: venue.id, limit: 10 }),
    ).rejects.toMatchObject({ code: 'thing.not_found' });
  });

  it('is listed newest first, read in stretches, and every query goes by an index', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const venue = await world.venue();
    for (let i = 0; i < 5; i += 1) await world.seatMap(venue);
    using queries = watchQueries(world.client, world.db);
    const versions: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await listSeatMaps(world.deps, { organizationId, venueId: venue.id, limit: 2, cursor });
      versions.push(...page.items.map(({ version }) => version));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(versions).toEqual([5, 4, 3, 2, 1]);
    const [newest] = (await listSeatMaps(world.deps, { organizationId, venueId: venue.id, limit: 1 })).items;
    const seatMapId = newest?.id ?? newId('map');
    const first = await listSeats(world.deps, { organizationId, seatMapId, from: 0, limit: 4 });
    const rest = await listSeats(world.deps, { organizationId, seatMapId, from: first.next ?? -1, limit: 4 });
    expect([first.seats.length, first.next, rest.seats.length, rest.next]).toEqual([4, 4, 2, null]);
    await world.seatMap(venue);
    await queries.expectIndexed();
    await expect(
      listSeatMaps(world.deps, { organizationId, venueId: venue.id, limit: 1, cursor: 'x' }),
    ).rejects.toEqual(refusedWith('cursor.invalid'));
  });
});
