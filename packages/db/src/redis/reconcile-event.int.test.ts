import type { Claim } from '@eventhorizon/core/inventory/claim';
import { followClaims } from '@eventhorizon/core/inventory/follow-claims';
import { followEvent } from '@eventhorizon/core/inventory/follow-event';
import { getAvailability } from '@eventhorizon/core/inventory/get-availability';
import { reconcileEvent } from '@eventhorizon/core/inventory/reconcile-event';
import { sweepEvent } from '@eventhorizon/core/inventory/sweep-event';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { eventKey } from './keys.ts';
import { type Inventory, seatsPick, testInventory } from './testing/inventory-fixture.ts';
import { testSale } from './testing/sale.ts';

const enter = (t: Inventory, unitId: string, owner: string, person: string | null = null) => {
  const claim: Claim = { eventId: t.event.id, unitId, owner, person, claimedAt: new Date(0) };
  t.book.set(unitId, claim);
};
const owners = async (t: Inventory) => Object.fromEntries((await t.mirror.owners(t.event.id)) ?? []);
const mark = (t: Inventory, owner: string, seat: number, change: 'mark' | 'free' = 'mark') =>
  t.mirror.follow({ eventId: t.event.id, owner, person: null, change, units: [t.seat(seat)] });

describe('reconciling an event', () => {
  it('marks what Redis does not know, frees what Mongo does not have, hands over what changed, and keeps holds', async () => {
    await using t = await testInventory();
    const { deps } = testSale(t);
    enter(t, 's:g0', 'bkg_missing', 'usr_1');
    enter(t, 's:g2', 'bkg_new');
    enter(t, 's:g3', 'bkg_same');
    await mark(t, 'bkg_stale', 1);
    await mark(t, 'bkg_old', 2);
    await mark(t, 'bkg_same', 3);
    const hold = t.request([seatsPick([t.seat(5)])]);
    await t.holds.place(hold);
    expect(await reconcileEvent(deps, { eventId: t.event.id })).toEqual({
      marked: 2,
      freed: 1,
      rebuilt: false,
    });
    expect(await owners(t)).toEqual({
      's:g0': 'bkg_missing',
      's:g2': 'bkg_new',
      's:g3': 'bkg_same',
      's:g5': `h:${hold.holdId}`,
    });
    expect(await reconcileEvent(deps, { eventId: t.event.id })).toEqual({
      marked: 0,
      freed: 0,
      rebuilt: false,
    });
  });

  it('marks late money’s units although their booking had freed them', async () => {
    await using t = await testInventory();
    const { deps } = testSale(t);
    await mark(t, 'bkg_late', 0);
    await mark(t, 'bkg_late', 0, 'free');
    enter(t, 's:g0', 'bkg_late');
    await reconcileEvent(deps, { eventId: t.event.id });
    expect(await owners(t)).toEqual({ 's:g0': 'bkg_late' });
  });

  /** Between the look at Redis and Mongo and the second look at Mongo one claim ends, and another, marked already, becomes visible. */
  const afterChanges = async (secondLook: 'at what is' | 'at what was') => {
    await using t = await testInventory();
    const { deps } = testSale(t);
    enter(t, 's:g0', 'bkg_ended');
    await mark(t, 'bkg_fresh', 1);
    const was = new Map(t.book);
    const claims = {
      streamOfEvent: (eventId: typeof t.event.id) => {
        const stream = deps.claims.streamOfEvent(eventId);
        return (async function* () {
          yield* stream;
          t.book.delete('s:g0');
          enter(t, 's:g1', 'bkg_fresh');
        })();
      },
      findOwners: async (eventId: typeof t.event.id, unitIds: readonly string[]) =>
        secondLook === 'at what is'
          ? deps.claims.findOwners(eventId, unitIds)
          : unitIds.flatMap((unitId) => was.get(unitId) ?? []),
    };
    const reconciled = await reconcileEvent({ ...deps, claims }, { eventId: t.event.id });
    return { reconciled, owners: await owners(t) };
  };

  it('leaves alone what changed between its two looks', async () => {
    expect(await afterChanges('at what is')).toEqual({
      reconciled: { marked: 0, freed: 0, rebuilt: false },
      owners: { 's:g1': 'bkg_fresh' },
    });
  });

  it('twin: without the second look it takes a free seat off sale and offers a sold one', async () => {
    expect((await afterChanges('at what was')).owners).toEqual({ 's:g0': 'bkg_ended' });
  });

  /** A hold of two seats and a sold one, in a copy where `spoil` did what no script of ours would do. */
  const spoilt = async (spoil: (t: Inventory) => Promise<unknown>) => {
    await using t = await testInventory();
    const { deps } = testSale(t);
    enter(t, 's:g0', 'bkg_1', 'usr_1');
    await mark(t, 'bkg_1', 0);
    const hold = t.request([seatsPick([t.seat(5), t.seat(6)])]);
    await t.holds.place(hold);
    await spoil(t);
    const reconciled = await reconcileEvent(deps, { eventId: t.event.id });
    const kept = await t.holds.find(t.event.id, hold.holdId, hold.owner);
    return { reconciled, held: kept?.units.length, snapshot: await t.reader.read(t.event.id) };
  };

  it.each([
    ['a count', (t: Inventory) => t.redis.hincrby(eventKey(t.event.id, 'meta'), 'f0', -3)],
    ['a seat state', (t: Inventory) => t.redis.setbit(eventKey(t.event.id, 'seats'), 4, 1)],
  ])('builds a copy anew in which %s does not fit the units, and keeps its holds', async (_what, spoil) => {
    const { reconciled, held, snapshot } = await spoilt(spoil);
    expect(reconciled).toEqual({ marked: 0, freed: 0, rebuilt: true });
    expect(held).toBe(2);
    expect(snapshot?.counts).toEqual([
      { free: 5, held: 2, taken: 1 },
      { free: 10, held: 0, taken: 0 },
    ]);
    expect(snapshot?.seats).toEqual(new Uint8Array([0b10_00_00_00, 0b00_01_01_00]));
  });

  it('twin: comparing owners alone leaves a wrong count wrong for ever', async () => {
    await using t = await testInventory();
    await t.redis.hincrby(eventKey(t.event.id, 'meta'), 'f0', -3);
    const { deps } = testSale(t);
    // Versions that never agree: the counts are never looked at.
    let reads = 0;
    const read: typeof t.reader.read = async (eventId) => {
      const snapshot = await t.reader.read(eventId);
      reads += 1;
      return snapshot && { ...snapshot, version: reads };
    };
    const blind = { ...deps, reader: { read } };
    for (let run = 0; run < 3; run += 1)
      expect(await reconcileEvent(blind, { eventId: t.event.id })).toEqual({
        marked: 0,
        freed: 0,
        rebuilt: false,
      });
    expect((await t.reader.read(t.event.id))?.counts[0]?.free).toBe(5);
  });

  it('says cold when there is nothing to compare with', async () => {
    await using t = await testInventory({}, { cold: true });
    expect(await reconcileEvent(testSale(t).deps, { eventId: t.event.id })).toBe('cold');
  });
});

describe('telling Redis', () => {
  it('about claims: units by their ids, also of an area that has grown meanwhile', async () => {
    await using t = await testInventory({ seats: 1, places: 2 });
    const sale = testSale(t);
    const [area] = t.event.areas;
    if (area === undefined) throw new Error('no area');
    sale.mongo.event = { ...t.event, revision: 2, areas: [{ ...area, capacity: 4 }] };
    await t.mirror.setGate(sale.gate());
    const unitIds = ['s:g0', `p:${t.areaId}:4`, `p:${t.areaId}:99`];
    const change = { eventId: t.event.id, owner: 'bkg_1', person: null, change: 'mark', unitIds } as const;
    await followClaims(sale.deps, { ...change, unitIds: [...unitIds] });
    expect(await owners(t)).toEqual({ 's:g0': 'bkg_1', [`p:${t.areaId}:4`]: 'bkg_1' });
  });

  it('about an event: its status on a warm copy, a whole copy when there is none, nothing when it is not on sale', async () => {
    await using t = await testInventory({}, { cold: true });
    const sale = testSale(t);
    enter(t, 's:g0', 'bkg_1');
    await followEvent(sale.deps, { eventId: t.event.id });
    expect(await owners(t)).toEqual({ 's:g0': 'bkg_1' });
    sale.mongo.event = { ...t.event, revision: 2, status: 'postponed' };
    await followEvent(sale.deps, { eventId: t.event.id });
    await expect(sale.place([{ kind: 'seats', unitIds: ['s:g5', 's:g4'] }])).rejects.toMatchObject({
      code: 'sale.closed',
    });
    await t.redis.flushall();
    sale.mongo.event = { ...t.event, revision: 3, status: 'completed' };
    await followEvent(sale.deps, { eventId: t.event.id });
    expect(await t.mirror.owners(t.event.id)).toBeNull();
  });

  it('about an event that changed while its copy was being rebuilt', async () => {
    await using t = await testInventory({}, { cold: true });
    const sale = testSale(t);
    const changing = {
      ...sale.deps.mirror,
      rebuild: async (...args: Parameters<typeof t.mirror.rebuild>) => {
        // Committed after the event was read and told to a cold copy, before this rebuild's journal was open.
        sale.mongo.event = { ...t.event, revision: 2, status: 'cancelled' };
        return t.mirror.rebuild(...args);
      },
    };
    await followEvent({ ...sale.deps, mirror: changing }, { eventId: t.event.id });
    const placed = await t.holds.place(t.request([seatsPick([t.seat(0)])], { revision: 2 }));
    expect(placed).toEqual({ outcome: 'not_on_sale', reason: 'cancelled' });
  });
});

it('availability of a cold event is there after one rebuild, and refused for one that sells nothing', async () => {
  await using t = await testInventory({}, { cold: true });
  const sale = testSale(t);
  const page = await getAvailability(sale.deps, { eventId: t.event.id });
  expect(page.view.pools.map(({ free }) => free)).toEqual([8, 10]);
  await t.redis.flushall();
  sale.mongo.event = { ...t.event, revision: 2, status: 'draft' };
  await sale.deps.availability.refresh(t.event.id);
  await expect(getAvailability(sale.deps, { eventId: t.event.id })).rejects.toMatchObject({
    code: 'sale.closed',
  });
});

it('sweeping an event ends its due holds', async () => {
  await using t = await testInventory();
  await t.holds.place(t.request([seatsPick([t.seat(0)])], { ttlMs: 0, owner: newId('usr') }));
  expect(await sweepEvent({ mirror: t.mirror }, { eventId: t.event.id })).toBe(1);
});
