import type { Event } from '@eventhorizon/core/events/event';
import { getEvent } from '@eventhorizon/core/events/get-event';
import { updateEvent } from '@eventhorizon/core/events/update-event';
import { publishEvent } from '@eventhorizon/core/flows/publish-event';
import { setAreaCapacity } from '@eventhorizon/core/flows/set-area-capacity';
import { layoutOf } from '@eventhorizon/core/inventory/layout';
import { placeUnitId } from '@eventhorizon/core/inventory/unit';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { eventWorld } from './testing/event-world.ts';

type World = Awaited<ReturnType<typeof eventWorld>>;
const refusedWith = (code: string) => expect.objectContaining({ code });
const areaOf = (event: Event) =>
  event.areas[0] ?? { id: newId('are'), name: '', capacity: 0, priceCategory: '' };
const place = (event: Event, n: number) => placeUnitId(areaOf(event).id, n);
const places = (event: Event, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => place(event, from + i));

const published = async (world: World): Promise<Event> => {
  const { id: eventId } = await world.draft();
  return publishEvent(world.deps, { organizationId: world.organizationId, eventId });
};
const setTo = (world: World, event: Event, capacity: number, deps = world.deps) =>
  setAreaCapacity(deps, {
    organizationId: world.organizationId,
    eventId: event.id,
    areaId: areaOf(event).id,
    capacity,
  });
const retiredOf = async (world: World, event: Event) =>
  (await world.deps.claims.listOwned(event.id, 'retired')).map(({ unitId }) => unitId);

describe("an area's capacity", () => {
  it('is raised by new numbers', async () => {
    await using world = await eventWorld();
    const event = await published(world);
    expect(areaOf(await setTo(world, event, 150))).toMatchObject({ capacity: 150 });
    expect(await retiredOf(world, event)).toEqual([]);
  });

  it('is lowered by retiring the highest free places, and what is sold keeps its number', async () => {
    await using world = await eventWorld();
    const event = await published(world);
    await world.sell(event, place(event, 100), place(event, 3));
    const lowered = await setTo(world, event, 90);
    expect(areaOf(lowered)).toMatchObject({ capacity: 90, issued: 100 });
    expect(new Set(await retiredOf(world, event))).toEqual(new Set(places(event, 90, 99)));
    // Everything that was sold can still be found, and raising gives nobody a number for the second time.
    expect(layoutOf(lowered, []).findUnit(place(event, 100))).not.toBeNull();
    const raised = await setTo(world, lowered, 95);
    expect(areaOf(raised)).toMatchObject({ capacity: 95, issued: 105 });
    const rows = await world.outboxRows('inventory.follow_claims');
    expect(rows).toMatchObject([{ payload: { owner: 'retired', change: 'mark', person: null } }]);
    expect(new Set(rows[0]?.payload.unitIds)).toEqual(new Set(places(event, 90, 99)));
  });

  it('is not lowered below what is sold, and nothing is changed then', async () => {
    await using world = await eventWorld();
    const event = await published(world);
    await world.sell(event, ...places(event, 1, 40));
    await expect(setTo(world, event, 39)).rejects.toMatchObject({
      code: 'event.capacity_below_claimed',
      details: { claimed: 40 },
    });
    expect(await retiredOf(world, event)).toEqual([]);
    expect(areaOf(await setTo(world, event, 40))).toMatchObject({ capacity: 40, issued: 100 });
    await expect(setTo(world, event, 39)).rejects.toEqual(refusedWith('event.capacity_below_claimed'));
  });

  it('is not lowered over places that somebody holds just now', async () => {
    await using world = await eventWorld();
    const event = await published(world);
    const held = new Map(places(event, 51, 100).map((unitId) => [unitId, 'h:hold']));
    const deps = { ...world.deps, mirror: { owners: async () => held as never } };
    expect(areaOf(await setTo(world, event, 60, deps))).toMatchObject({ capacity: 60 });
    expect(new Set(await retiredOf(world, event))).toEqual(new Set(places(event, 11, 50)));
    await expect(setTo(world, event, 49, deps)).rejects.toEqual(refusedWith('event.capacity_below_claimed'));
  });

  /** The place that is about to be retired is sold between the look at the claims and the transaction. */
  const lowerWhileSelling = async (world: World, claims = world.deps.claims) => {
    const event = await published(world);
    let sold = false;
    const findOwners: typeof claims.findOwners = async (...args) => {
      const owners = await claims.findOwners(...args);
      if (!sold) await world.sell(event, place(event, 100));
      sold = true;
      return owners;
    };
    const after = await setTo(world, event, 99, { ...world.deps, claims: { ...claims, findOwners } });
    return { event, capacity: areaOf(after).capacity, retired: await retiredOf(world, event) };
  };

  it('lowered while the chosen place is being sold retires another one', async () => {
    await using world = await eventWorld();
    const { event, capacity, retired } = await lowerWhileSelling(world);
    expect(capacity).toBe(99);
    expect(retired).toEqual([place(event, 99)]);
    const left = places(event, 1, 98);
    expect(await world.deps.claims.findOwners(event.id, left)).toEqual([]);
  });

  it('twin: without the unique index the same place is sold and retired, and one place too many is left for sale', async () => {
    await using world = await eventWorld();
    await world.db.collection('claims').dropIndex('unit_once');
    const { event, capacity, retired } = await lowerWhileSelling(world);
    const free = 100 - new Set([place(event, 100), ...retired]).size;
    expect({ retired, sellable: capacity - 1, free }).toEqual({
      retired: [place(event, 100)],
      sellable: 98,
      free: 99,
    });
  });

  it('of a large area is lowered in several transactions', async () => {
    await using world = await eventWorld();
    const { id: eventId } = await world.draft({
      areas: [{ name: 'Field', capacity: 1_000_000, priceCategory: 'Standing' }],
    });
    const event = await publishEvent(world.deps, { organizationId: world.organizationId, eventId });
    expect(areaOf(await setTo(world, event, 995_500))).toMatchObject({
      capacity: 995_500,
      issued: 1_000_000,
    });
    expect(await retiredOf(world, event)).toHaveLength(4_500);
  });

  it('of a draft that was never published is simply set; above the limit of an event it is refused', async () => {
    await using world = await eventWorld();
    const draft = await world.draft();
    expect(areaOf(await setTo(world, draft, 10))).toEqual({ ...areaOf(draft), capacity: 10 });
    expect(await retiredOf(world, draft)).toEqual([]);
    const { organizationId } = world;
    const more = [
      { ...areaOf(draft), capacity: 10 },
      { name: 'Field', capacity: 999_990, priceCategory: 'Standing' },
    ];
    await updateEvent(world.deps, { organizationId, eventId: draft.id, changes: { areas: more } });
    await expect(setTo(world, draft, 11)).rejects.toEqual(refusedWith('input.invalid'));
    expect(areaOf(await getEvent(world.deps, { organizationId, eventId: draft.id })).capacity).toBe(10);
  });

  it('is of an area that the event has', async () => {
    await using world = await eventWorld();
    const { organizationId } = world;
    const event = await published(world);
    await expect(
      setAreaCapacity(world.deps, { organizationId, eventId: event.id, areaId: newId('are'), capacity: 5 }),
    ).rejects.toEqual(refusedWith('thing.not_found'));
  });
});
