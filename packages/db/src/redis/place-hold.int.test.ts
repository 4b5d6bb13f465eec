import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { seatsPick, testInventory } from './testing/inventory-fixture.ts';
import { testSale } from './testing/sale.ts';

const best = (quantity: number, more = {}) => ({ kind: 'best', priceCategory: 'A', quantity, ...more });
const seats = (...numbers: number[]) => ({ kind: 'seats', unitIds: numbers.map((n) => `s:g${n}`) });

describe('placing a hold', () => {
  it('takes chosen seats, best seats and places at once, with the prices of all of them', async () => {
    await using t = await testInventory();
    const sale = testSale(t);
    const places = { kind: 'places', areaId: t.areaId, quantity: 1 };
    const hold = await sale.place([seats(0, 1), best(2), places, places]);
    expect(hold.units.map(({ unitId }) => unitId).sort()).toHaveLength(6);
    expect(hold.units.filter(({ place }) => place > 0)).toHaveLength(2);
    expect(hold.quote.currency).toBe('EUR');
    expect(hold.quote.prices.map(({ priceCategory, amount }) => [priceCategory, amount]).sort()).toEqual([
      ['A', 5_000],
      ['S', 3_000],
    ]);
  });

  it('is one round trip and no read of Mongo when the process is warm', async () => {
    await using t = await testInventory();
    const sale = testSale(t);
    await sale.deps.availability.get(t.event.id);
    const before = { ...sale.seen };
    await sale.place([{ kind: 'places', areaId: t.areaId, quantity: 1 }]);
    expect(sale.seen).toMatchObject({ trips: before.trips + 1, refreshes: 0, streams: 0 });
    await sale.place([seats(0, 1), best(2)]);
    expect(sale.seen).toMatchObject({ trips: before.trips + 2, refreshes: 0, streams: 0 });
  });

  it('answers the same hold to a repeated call, also when there is nothing left to choose from', async () => {
    await using t = await testInventory({ seats: 4, places: 0 });
    const sale = testSale(t);
    const me = { owner: newId('usr'), holdId: newId('hld') };
    const hold = await sale.place([best(4)], me);
    await sale.deps.availability.refresh(t.event.id);
    expect(await sale.place([best(4)], me)).toEqual(hold);
    await expect(sale.place([best(1)])).rejects.toMatchObject({ code: 'units.short', details: { left: 0 } });
  });

  it('finds other seats when racers were faster than the snapshot, until the house is sold out exactly', async () => {
    await using t = await testInventory({ seats: 40, places: 0 });
    const sale = testSale(t);
    const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => sale.place([best(2)])));
    const held = outcomes.flatMap((one) => (one.status === 'fulfilled' ? one.value.units : []));
    expect(new Set(held.map(({ unitId }) => unitId)).size).toBe(held.length);
    // Who lost every race was told that the seats are taken; whoever comes after them gets the rest.
    for (;;) {
      const next = await sale.place([best(2)]).catch((error: { code: string }) => error.code);
      if (typeof next !== 'string') held.push(...next.units);
      else if (next === 'units.short') break;
    }
    expect(held).toHaveLength(40);
    for (const one of outcomes) {
      if (one.status === 'rejected') expect(one.reason.code).toMatch(/^units\.(short|taken)$/);
    }
  });

  it('is content with fewer where it was told to be', async () => {
    await using t = await testInventory({ seats: 3, places: 2 });
    const sale = testSale(t);
    const hold = await sale.place([
      best(5, { upTo: true }),
      { kind: 'places', areaId: t.areaId, quantity: 4, upTo: true },
    ]);
    expect(hold.units).toHaveLength(5);
  });
});

it('seats chosen in several selections are one choice: none of them is refused for what the others take', async () => {
  await using t = await testInventory({ seats: 5, places: 0 });
  expect((await testSale(t).place([seats(1), seats(0)])).units).toHaveLength(2);
});

describe('a hold that cannot be placed', () => {
  it('says which seats are taken', async () => {
    await using t = await testInventory();
    const sale = testSale(t);
    await sale.place([seats(0, 1)]);
    await expect(sale.place([seats(1, 2)])).rejects.toMatchObject({
      code: 'units.taken',
      details: { unitIds: ['s:g1'] },
    });
  });

  it('names the seat that would be left alone, and allows it when there is no other way', async () => {
    await using t = await testInventory({ seats: 5, places: 0 });
    const sale = testSale(t);
    await expect(sale.place([seats(1, 2)])).rejects.toMatchObject({
      code: 'units.strands_seat',
      details: { unitIds: ['s:g0'] },
    });
    await sale.place([seats(0, 1)]);
    await sale.deps.availability.refresh(t.event.id);
    expect((await sale.place([seats(3, 4)])).units).toHaveLength(2);
  });

  it.each([
    ['seats nobody knows', [{ kind: 'seats', unitIds: ['s:nowhere'] }], 'units.unknown'],
    ['a category nobody knows', [{ ...best(1), priceCategory: 'Z' }], 'units.unknown'],
    ['more than a booking may have', [best(11)], 'hold.too_many'],
    ['more than there are', [{ ...best(9) }], 'units.short'],
  ])('is refused for %s', async (_what, selections, code) => {
    await using t = await testInventory();
    await expect(testSale(t).place(selections)).rejects.toMatchObject({ code });
  });

  it('is refused for a party that must not be split and fits nowhere', async () => {
    await using t = await testInventory({ seats: 5, places: 0 });
    await t.holds.place(t.request([seatsPick([t.seat(2)])]));
    const sale = testSale(t);
    await expect(sale.place([best(3, { split: false })])).rejects.toMatchObject({
      code: 'units.not_together',
    });
    expect((await sale.place([best(3)])).units).toHaveLength(3);
  });

  it('says how many places are left, and that an id is another’s', async () => {
    await using t = await testInventory({ seats: 0, places: 3 });
    const sale = testSale(t);
    const places = (quantity: number) => [{ kind: 'places', areaId: t.areaId, quantity }];
    await expect(sale.place(places(4))).rejects.toMatchObject({
      code: 'units.short',
      details: { wanted: 4, left: 3 },
    });
    const { id } = await sale.place(places(1));
    await expect(sale.place(places(1), { holdId: id })).rejects.toMatchObject({ code: 'hold.id_in_use' });
  });

  it('tells a person what the limit is and how many they have', async () => {
    await using t = await testInventory({}, { change: { maxPerPerson: 3 } });
    const sale = testSale(t);
    const owner = newId('usr');
    const places = (quantity: number) => [{ kind: 'places', areaId: t.areaId, quantity }];
    await sale.place(places(2), { owner });
    await expect(sale.place(places(2), { owner })).rejects.toMatchObject({
      code: 'hold.limit',
      details: { limit: 3, have: 2 },
    });
  });
});

describe('a process whose memory of the event is old', () => {
  it('loads the new revision and places the hold with its prices', async () => {
    await using t = await testInventory();
    const sale = testSale(t);
    const [type] = t.event.ticketTypes;
    if (type === undefined) throw new Error('no ticket type');
    sale.mongo.event = { ...t.event, revision: 2, ticketTypes: [{ ...type, prices: { A: 9_900, S: 1 } }] };
    await t.mirror.setGate(sale.gate());
    const hold = await sale.place([best(2)]);
    expect(hold.quote.prices.map(({ amount }) => amount)).toEqual([9_900]);
  });

  it('does not refuse by an old limit', async () => {
    await using t = await testInventory({}, { change: { maxPerBooking: 2 } });
    const sale = testSale(t);
    sale.mongo.event = { ...t.event, revision: 2, maxPerBooking: 4 };
    await t.mirror.setGate(sale.gate());
    expect((await sale.place([best(4)])).units).toHaveLength(4);
  });

  it('tells Redis the newest revision when Redis has not heard of it', async () => {
    await using t = await testInventory();
    const sale = testSale(t);
    sale.mongo.event = { ...t.event, revision: 2 };
    await sale.deps.layouts.refresh();
    expect((await sale.place([best(1)])).units).toHaveLength(1);
  });

  it('learns that the event is cancelled', async () => {
    await using t = await testInventory();
    const sale = testSale(t);
    sale.mongo.event = { ...t.event, revision: 2, status: 'cancelled' };
    await t.mirror.setGate(sale.gate());
    await expect(sale.place([best(1)])).rejects.toMatchObject({
      code: 'sale.closed',
      details: { reason: 'cancelled' },
    });
  });
});

describe('FLUSHALL in the middle of a sale', () => {
  it('costs the next buyer a rebuild and nobody a refusal; what Mongo has sold stays sold', async () => {
    await using t = await testInventory({ seats: 4, places: 0 });
    const sale = testSale(t);
    t.book.set('s:g0', {
      eventId: t.event.id,
      unitId: 's:g0',
      owner: 'bkg_1',
      person: null,
      claimedAt: new Date(),
    });
    await sale.deps.availability.get(t.event.id);
    await t.redis.flushall();
    await expect(sale.place([seats(0)])).rejects.toMatchObject({ code: 'units.taken' });
    expect((await sale.place([best(3)])).units).toHaveLength(3);
    expect(sale.seen.streams).toBe(1);
  });

  it('costs a rebuild also when the process knows nothing of the event’s availability yet', async () => {
    await using t = await testInventory({}, { cold: true });
    expect((await testSale(t).place([best(2)])).units).toHaveLength(2);
  });

  it('asks those to come back who meet somebody else’s rebuild', async () => {
    await using t = await testInventory();
    const sale = testSale(t);
    await t.redis.flushall();
    await t.runner.run('rebuild-begin', (await import('./keys.ts')).eventKeys(t.event.id), [
      'other',
      60_000,
      0,
    ]);
    await expect(sale.place([best(1)])).rejects.toMatchObject({
      code: 'inventory.rebuilding',
      details: { retryAfterMs: expect.any(Number) },
    });
  });

  it('rebuilds nothing for an event that is not on sale', async () => {
    await using t = await testInventory();
    const sale = testSale(t);
    await t.redis.flushall();
    sale.mongo.event = { ...t.event, revision: 2, status: 'completed' };
    await expect(sale.place([best(1)])).rejects.toMatchObject({
      code: 'sale.closed',
      details: { reason: 'ended' },
    });
    expect(await t.mirror.owners(t.event.id)).toBeNull();
  });
});
