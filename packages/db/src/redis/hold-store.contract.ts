import type { HoldOwner } from '@eventhorizon/core/holds/hold';
import { expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { type Inventory, type Shape, seatsPick } from './testing/inventory-fixture.ts';

type Start = (shape?: Shape) => Promise<Inventory>;

const user = (): HoldOwner => newId('usr');

/** What every HoldStore promises. `start` gives one on a warm event with 8 seats and 10 places. */
export const holdStoreContract = (start: Start): void => {
  it('holds the first candidate block that is wholly free, with the quote it was given', async () => {
    await using t = await start();
    await t.holds.place(t.request([seatsPick([t.seat(1)])]));
    const quote = {
      currency: 'EUR',
      prices: [{ priceCategory: 'A', ticketTypeId: newId('tty'), name: 'Ä "q"', amount: 5 }],
    };
    const blocks = seatsPick([t.seat(0), t.seat(1)], [t.seat(2), t.seat(3)], [t.seat(4), t.seat(5)]);
    const request = t.request([blocks], { quote });
    const placed = await t.holds.place(request);
    expect(placed).toMatchObject({
      outcome: 'held',
      hold: { state: 'active', extended: false, lost: [], quote, owner: request.owner },
    });
    const found = await t.holds.find(t.event.id, request.holdId, request.owner);
    expect(found?.units).toEqual([t.seat(2), t.seat(3)]);
  });

  it('takes all units of a hold or none', async () => {
    await using t = await start();
    await t.holds.place(t.request([seatsPick([t.seat(3)])]));
    const before = await t.reader.read(t.event.id);
    const places = { kind: 'places', pool: 1, areaId: t.areaId, quantity: 2, atLeast: 2 } as const;
    const refused = await t.holds.place(t.request([places, seatsPick([t.seat(2), t.seat(3)])]));
    expect(refused).toEqual({ outcome: 'taken', pick: 1, unitIds: ['s:g3'] });
    expect(await t.reader.read(t.event.id)).toEqual(before);
  });

  it('gives different places to different holds, and says how many are left when there are too few', async () => {
    await using t = await start();
    const places = (quantity: number, atLeast = quantity) =>
      t.holds.place(t.request([{ kind: 'places', pool: 1, areaId: t.areaId, quantity, atLeast }]));
    const first = await places(4);
    const second = await places(4);
    const ids = [first, second].flatMap((placed) =>
      placed.outcome === 'held' ? placed.hold.units.map((unit) => unit.unitId) : [],
    );
    expect(new Set(ids).size).toBe(8);
    expect(await places(3)).toEqual({ outcome: 'short', pick: 0, left: 2 });
    expect(await places(3, 1)).toMatchObject({ outcome: 'held', hold: { units: { length: 2 } } });
    expect(await places(1)).toEqual({ outcome: 'short', pick: 0, left: 0 });
  });

  it('answers the standing hold when the same place is asked again, so a lost answer costs nothing', async () => {
    await using t = await start();
    const request = t.request([{ kind: 'places', pool: 1, areaId: t.areaId, quantity: 2, atLeast: 2 }]);
    const first = await t.holds.place(request);
    expect(await t.holds.place(request)).toEqual(first);
    expect((await t.reader.read(t.event.id))?.counts[1]).toEqual({ free: 8, held: 2, taken: 0 });
    expect(await t.holds.place({ ...request, owner: user() })).toEqual({ outcome: 'id_in_use' });
  });

  it('shows, extends, releases, adopts and checks out a hold for its owner only', async () => {
    await using t = await start();
    const request = t.request([seatsPick([t.seat(0)])]);
    await t.holds.place(request);
    const { id } = t.event;
    const other = user();
    expect(await t.holds.find(id, request.holdId, other)).toBeNull();
    expect(await t.holds.extend(id, request.holdId, other, 1_000)).toEqual({ outcome: 'gone' });
    expect(await t.holds.release(id, request.holdId, other)).toEqual({ outcome: 'gone' });
    expect(await t.holds.adopt(id, request.holdId, other, user(), 10)).toEqual({ outcome: 'gone' });
    expect(await t.holds.beginConversion(id, request.holdId, other, 'x')).toEqual({ outcome: 'gone' });
    expect(await t.holds.find(id, request.holdId, request.owner)).not.toBeNull();
  });

  it('extends a hold once', async () => {
    await using t = await start();
    const request = t.request([seatsPick([t.seat(0)])], { ttlMs: 60_000 });
    const placed = await t.holds.place(request);
    const extended = await t.holds.extend(t.event.id, request.holdId, request.owner, 600_000);
    if (placed.outcome !== 'held' || extended.outcome !== 'extended')
      throw new Error('not held and extended');
    expect(extended.hold.expiresAt.getTime()).toBeGreaterThan(placed.hold.expiresAt.getTime() + 500_000);
    expect(await t.holds.extend(t.event.id, request.holdId, request.owner, 600_000)).toEqual({
      outcome: 'extended_already',
    });
  });

  it('frees the units of a released hold for others, once', async () => {
    await using t = await start();
    const request = t.request([
      seatsPick([t.seat(0), t.seat(1)]),
      { kind: 'places', pool: 1, areaId: t.areaId, quantity: 10, atLeast: 10 },
    ]);
    await t.holds.place({ ...request, maxPerPerson: 20 });
    expect(await t.holds.release(t.event.id, request.holdId, request.owner)).toEqual({ outcome: 'released' });
    expect(await t.holds.release(t.event.id, request.holdId, request.owner)).toEqual({ outcome: 'gone' });
    const again = { ...request, holdId: newId('hld'), owner: user(), maxPerPerson: 20 };
    expect(await t.holds.place(again)).toMatchObject({ outcome: 'held' });
  });

  it('moves a hold and what it counts from a visitor to an account, within the limit of the account', async () => {
    await using t = await start();
    const visitor: HoldOwner = newId('vis');
    const account = user();
    const limited = { maxPerPerson: 3 };
    const mine = t.request([seatsPick([t.seat(0), t.seat(1)])], { ...limited, owner: account });
    const theirs = t.request([seatsPick([t.seat(2), t.seat(3)])], { ...limited, owner: visitor });
    await t.holds.place(mine);
    await t.holds.place(theirs);
    expect(await t.holds.adopt(t.event.id, theirs.holdId, visitor, account, 3)).toEqual({
      outcome: 'limit',
      have: 2,
    });
    const adopted = await t.holds.adopt(t.event.id, theirs.holdId, visitor, account, 4);
    expect(adopted).toMatchObject({ outcome: 'adopted', hold: { owner: account } });
    expect(await t.holds.adopt(t.event.id, theirs.holdId, visitor, account, 4)).toEqual(adopted);
    const more = t.request([seatsPick([t.seat(4)])], { maxPerPerson: 4, owner: account });
    expect(await t.holds.place(more)).toEqual({ outcome: 'limit', have: 4 });
    expect(await t.holds.place({ ...more, owner: visitor, maxPerPerson: 1 })).toMatchObject({
      outcome: 'held',
    });
  });

  it('lets one checkout convert a hold; the same token again gets the same answer', async () => {
    await using t = await start();
    const request = t.request([seatsPick([t.seat(0)])]);
    await t.holds.place(request);
    const begin = (token: string) =>
      t.holds.beginConversion(t.event.id, request.holdId, request.owner, token);
    const first = await begin('one');
    expect(first).toMatchObject({ outcome: 'converting', hold: { state: 'converting' } });
    expect(await begin('one')).toEqual(first);
    expect(await begin('two')).toEqual({ outcome: 'held_by_other_checkout' });
    expect(await t.holds.release(t.event.id, request.holdId, request.owner)).toEqual({
      outcome: 'converting',
    });
    expect(await t.holds.extend(t.event.id, request.holdId, request.owner, 1)).toEqual({
      outcome: 'converting',
    });
    expect(await t.holds.adopt(t.event.id, request.holdId, request.owner, user(), 9)).toEqual({
      outcome: 'converting',
    });
  });

  it('gives an aborted hold back with the time it had left, to the aborting checkout only', async () => {
    await using t = await start();
    const request = t.request([seatsPick([t.seat(0)])]);
    await t.holds.place(request);
    await t.holds.beginConversion(t.event.id, request.holdId, request.owner, 'one');
    await t.holds.abortConversion(t.event.id, request.holdId, 'two');
    expect((await t.holds.find(t.event.id, request.holdId, request.owner))?.state).toBe('converting');
    await t.holds.abortConversion(t.event.id, request.holdId, 'one');
    const back = await t.holds.find(t.event.id, request.holdId, request.owner);
    expect(back?.state).toBe('active');
    expect(back?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 500_000);
    expect(await t.holds.beginConversion(t.event.id, request.holdId, request.owner, 'two')).toMatchObject({
      outcome: 'converting',
    });
  });

  it('gives the units of a completed conversion to the booking, counts them once, and frees what was not bought', async () => {
    await using t = await start();
    const request = t.request([seatsPick([t.seat(0), t.seat(1), t.seat(2)])], { maxPerPerson: 3 });
    await t.holds.place(request);
    await t.holds.beginConversion(t.event.id, request.holdId, request.owner, 'one');
    const complete = () =>
      t.holds.completeConversion(t.event.id, request.holdId, 'one', 'bkg_1', request.owner, [
        t.seat(0),
        t.seat(1),
      ]);
    await complete();
    await complete();
    expect(await t.holds.find(t.event.id, request.holdId, request.owner)).toBeNull();
    expect((await t.reader.read(t.event.id))?.counts[0]).toEqual({ free: 6, held: 0, taken: 2 });
    expect(await t.mirror.owners(t.event.id)).toEqual(
      new Map([
        ['s:g0', 'bkg_1'],
        ['s:g1', 'bkg_1'],
      ]),
    );
    const more = t.request([seatsPick([t.seat(3), t.seat(4)])], { owner: request.owner, maxPerPerson: 3 });
    expect(await t.holds.place(more)).toEqual({ outcome: 'limit', have: 2 });
  });

  it('marks the booking’s units also when its hold is gone', async () => {
    await using t = await start();
    await t.holds.completeConversion(t.event.id, newId('hld'), 'one', 'bkg_1', user(), [t.seat(0)]);
    expect((await t.mirror.owners(t.event.id))?.get('s:g0')).toBe('bkg_1');
  });

  it('lets exactly one of 200 parallel holds have one seat', async () => {
    await using t = await start();
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, () => t.holds.place(t.request([seatsPick([t.seat(0)])]))),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'held')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'taken')).toHaveLength(199);
  });

  it('lets a person who clicks 20 times at once hold no more than the limit', async () => {
    await using t = await start();
    const owner = user();
    const clicks = Array.from({ length: 20 }, () =>
      t.holds.place(
        t.request([{ kind: 'places', pool: 1, areaId: t.areaId, quantity: 1, atLeast: 1 }], {
          owner,
          maxPerPerson: 4,
        }),
      ),
    );
    const outcomes = await Promise.all(clicks);
    expect(outcomes.filter(({ outcome }) => outcome === 'held')).toHaveLength(4);
    expect(outcomes.filter(({ outcome }) => outcome === 'limit')).toHaveLength(16);
  });
};
