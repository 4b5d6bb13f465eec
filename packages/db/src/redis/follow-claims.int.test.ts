import { describe, expect, it } from 'vitest';
import type { LuaSources } from './lua-sources.ts';
import { type Inventory, scriptsWithout, seatsPick, testInventory } from './testing/inventory-fixture.ts';

const changer =
  (t: Inventory) =>
  (change: 'mark' | 'free', owner: string, seats: number[], again = false) =>
    t.mirror.follow({
      eventId: t.event.id,
      owner,
      person: owner.startsWith('bkg_') ? `usr_of_${owner}` : null,
      change,
      units: seats.map(t.seat),
      again,
    });
const counts = async (t: Inventory) => (await t.reader.read(t.event.id))?.counts[0];
const ownerOf = async (t: Inventory, seat: number) =>
  (await t.mirror.owners(t.event.id))?.get(`s:g${seat}`) ?? null;

const afterLateMark = async (sources?: LuaSources) => {
  await using t = await testInventory({}, { sources });
  const change = changer(t);
  await change('mark', 'bkg_1', [0]);
  await change('free', 'bkg_1', [0]);
  await change('mark', 'bkg_1', [0]);
  return await ownerOf(t, 0);
};

const afterForeignFree = async (sources?: LuaSources) => {
  await using t = await testInventory({}, { sources });
  const change = changer(t);
  await change('mark', 'bkg_2', [0]);
  await change('free', 'bkg_1', [0]);
  return await ownerOf(t, 0);
};

describe('a mark that comes after its owner’s free', () => {
  it('is refused, so the unit stays for sale', async () => {
    expect(await afterLateMark()).toBeNull();
  });
  it('twin: without the memory of freed owners the unit is lost for sale', async () => {
    const forgetful = scriptsWithout(
      "if not again and redis.call('ZSCORE', K.gone, owner .. ' ' .. id) then return end",
    );
    expect(await afterLateMark(forgetful)).toBe('bkg_1');
  });
  it('is refused also when the free came first and found nothing', async () => {
    await using t = await testInventory();
    const change = changer(t);
    await change('free', 'bkg_1', [0]);
    await change('mark', 'bkg_1', [0, 1]);
    expect(await ownerOf(t, 0)).toBeNull();
    expect(await ownerOf(t, 1)).toBe('bkg_1');
  });
  it('is accepted when it says that the owner has the unit again, and freeing works as before', async () => {
    await using t = await testInventory();
    const change = changer(t);
    await change('mark', 'bkg_1', [0]);
    await change('free', 'bkg_1', [0]);
    await change('mark', 'bkg_1', [0], true);
    expect(await ownerOf(t, 0)).toBe('bkg_1');
    await change('free', 'bkg_1', [0]);
    await change('mark', 'bkg_1', [0]);
    expect(await ownerOf(t, 0)).toBeNull();
  });
  it('frees the unit of the hold that was converting for it', async () => {
    await using t = await testInventory();
    const request = t.request([seatsPick([t.seat(0)])]);
    await t.holds.place(request);
    await t.holds.beginConversion(t.event.id, request.holdId, request.owner, 'one');
    await changer(t)('free', 'bkg_1', [0]);
    await t.holds.completeConversion(t.event.id, request.holdId, 'one', 'bkg_1', request.owner, [t.seat(0)]);
    expect(await counts(t)).toEqual({ free: 8, held: 0, taken: 0 });
  });
  it('the waitlist has a unit, loses it and has it again, however often', async () => {
    await using t = await testInventory();
    const change = changer(t);
    for (const step of ['mark', 'free', 'mark', 'free', 'mark'] as const) await change(step, 'waitlist', [0]);
    expect(await ownerOf(t, 0)).toBe('waitlist');
  });
  it('an organizer may block, unblock and block a seat again', async () => {
    await using t = await testInventory();
    const change = changer(t);
    for (const step of ['mark', 'free', 'mark'] as const) await change(step, 'blocked', [0]);
    expect(await ownerOf(t, 0)).toBe('blocked');
  });
});

/** A booking's seat goes to the waitlist in one step, and then the booking's own mark arrives, late. */
const afterHandOver = async (sources?: LuaSources) => {
  await using t = await testInventory({}, { sources });
  const change = changer(t);
  await change('mark', 'bkg_1', [0]);
  const units = [t.seat(0)];
  const to = { eventId: t.event.id, owner: 'waitlist', person: null, change: 'mark' as const, units };
  await t.mirror.follow({ ...to, from: 'bkg_1', again: true });
  const before = await counts(t);
  await change('mark', 'bkg_1', [0]);
  return { owner: await ownerOf(t, 0), taken: before?.taken };
};

describe('a mark that names who had the unit before', () => {
  it('takes it over in one step, and a mark of the former owner that comes later is refused', async () => {
    expect(await afterHandOver()).toEqual({ owner: 'waitlist', taken: 1 });
  });
  it('twin: without noting the former owner its late mark takes the unit back', async () => {
    const forgetful = scriptsWithout('if former then remember_gone(former, id) end');
    expect(await afterHandOver(forgetful)).toEqual({ owner: 'bkg_1', taken: 1 });
  });
});

describe('a free by somebody who does not own the unit', () => {
  it('changes nothing', async () => {
    expect(await afterForeignFree()).toBe('bkg_2');
  });
  it('twin: without the owner’s name a stranger’s unit goes on sale', async () => {
    const careless = scriptsWithout(
      "if not current or string.match(current, '^(.*)|') ~= owner then return end",
    );
    expect(await afterForeignFree(careless)).toBeNull();
  });
  it('does not end a hold', async () => {
    await using t = await testInventory();
    const request = t.request([seatsPick([t.seat(0)])]);
    await t.holds.place(request);
    await changer(t)('free', 'bkg_1', [0]);
    expect(await t.holds.find(t.event.id, request.holdId, request.owner)).not.toBeNull();
  });
});

describe('a mark on a unit that is held', () => {
  it('beats the hold, which shrinks, tells what it lost, and counts less against its person', async () => {
    await using t = await testInventory();
    const request = t.request([seatsPick([t.seat(0), t.seat(1)])], { maxPerPerson: 2 });
    await t.holds.place(request);
    await changer(t)('mark', 'bkg_1', [0]);
    const hold = await t.holds.find(t.event.id, request.holdId, request.owner);
    expect(hold).toMatchObject({ units: [t.seat(1)], lost: ['s:g0'] });
    expect(await counts(t)).toEqual({ free: 6, held: 1, taken: 1 });
    const one = t.request([seatsPick([t.seat(5)])], { owner: request.owner, maxPerPerson: 2 });
    expect((await t.holds.place(one)).outcome).toBe('held');
    await t.holds.release(t.event.id, request.holdId, request.owner);
    expect(await counts(t)).toEqual({ free: 6, held: 1, taken: 1 });
    expect(await ownerOf(t, 0)).toBe('bkg_1');
  });
  it('ends a hold that loses its last unit', async () => {
    await using t = await testInventory();
    const request = t.request([seatsPick([t.seat(0)])]);
    await t.holds.place(request);
    await changer(t)('mark', 'bkg_1', [0]);
    expect(await t.holds.extend(t.event.id, request.holdId, request.owner, 1)).toEqual({ outcome: 'gone' });
  });
  it('beats a converting hold too, when the message overtakes the checkout’s own', async () => {
    await using t = await testInventory();
    const request = t.request([seatsPick([t.seat(0)])], { maxPerPerson: 1 });
    await t.holds.place(request);
    await t.holds.beginConversion(t.event.id, request.holdId, request.owner, 'one');
    const mark = {
      eventId: t.event.id,
      owner: 'bkg_1',
      person: request.owner,
      change: 'mark',
      units: [t.seat(0)],
    };
    await t.mirror.follow({ ...mark, change: 'mark' });
    await t.holds.completeConversion(t.event.id, request.holdId, 'one', 'bkg_1', request.owner, [t.seat(0)]);
    await t.mirror.follow({ ...mark, change: 'mark' });
    expect(await counts(t)).toEqual({ free: 7, held: 0, taken: 1 });
    expect(await t.redis.hget(`eh:{${t.event.id}}:persons`, request.owner)).toBe('1');
  });
});

it('a change applied twice counts once', async () => {
  await using t = await testInventory();
  const change = changer(t);
  for (let i = 0; i < 2; i += 1) await change('mark', 'bkg_1', [0, 1, 2]);
  expect(await counts(t)).toEqual({ free: 5, held: 0, taken: 3 });
  expect(await t.redis.hget(`eh:{${t.event.id}}:persons`, 'usr_of_bkg_1')).toBe('3');
  for (let i = 0; i < 2; i += 1) await change('free', 'bkg_1', [0, 1, 2]);
  expect(await counts(t)).toEqual({ free: 8, held: 0, taken: 0 });
  expect(await t.redis.hget(`eh:{${t.event.id}}:persons`, 'usr_of_bkg_1')).toBeNull();
});

it('a change of thousands of units arrives whole', async () => {
  await using t = await testInventory({ seats: 5_001, places: 0 });
  await changer(t)('mark', 'blocked', [...Array(5_001).keys()]);
  const snapshot = await t.reader.read(t.event.id);
  expect(snapshot?.counts[0]).toEqual({ free: 0, held: 0, taken: 5_001 });
  expect(snapshot?.seats[0]).toBe(0b11_11_11_11);
  await changer(t)('free', 'blocked', [...Array(5_001).keys()]);
  expect((await t.reader.read(t.event.id))?.seats.every((byte) => byte === 0)).toBe(true);
});

it('an area that grows has its new places for sale', async () => {
  await using t = await testInventory({ seats: 0, places: 2 });
  const pick = { kind: 'places', pool: 0, areaId: t.areaId, quantity: 2, atLeast: 2 } as const;
  await t.holds.place(t.request([pick]));
  expect(await t.mirror.setGate({ ...t.gate, revision: 2, capacities: [4] })).toBe('applied');
  expect((await t.holds.place(t.request([pick], { revision: 2 }))).outcome).toBe('held');
  expect(await counts(t)).toEqual({ free: 0, held: 4, taken: 0 });
});

it('an event whose unit numbers change their meaning goes cold until it is rebuilt', async () => {
  await using t = await testInventory();
  expect(await t.mirror.setGate({ ...t.gate, revision: 2, shape: 'other' })).toBe('cold');
  expect(await t.holds.place(t.request([seatsPick([t.seat(0)])]))).toEqual({ outcome: 'cold' });
});
