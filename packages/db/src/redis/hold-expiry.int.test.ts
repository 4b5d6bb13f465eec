import type { PlaceHoldRequest } from '@eventhorizon/core/holds/ports';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import type { HoldRecord } from './hold-record.ts';
import { eventKey, eventKeys } from './keys.ts';
import type { LuaSources } from './lua-sources.ts';
import { type Inventory, scriptsWithout, seatsPick, testInventory } from './testing/inventory-fixture.ts';

/** A time to live of 0 ms: due for whatever script comes next, so nothing has to be waited for. */
const placeDue = async (t: Inventory, units = [t.seat(0)]): Promise<PlaceHoldRequest> => {
  const request = t.request([seatsPick(units)], { ttlMs: 0 });
  expect((await t.holds.place(request)).outcome).toBe('held');
  return request;
};

/** Puts a hold into conversion for `ms`, as beginConversion does for 60 s. */
const convert = async (t: Inventory, { holdId, owner }: PlaceHoldRequest, ms: number) =>
  (await t.runner.run('begin-conversion', eventKeys(t.event.id), [holdId, owner, 'one', ms])).word;

const counts = async (t: Inventory) => (await t.reader.read(t.event.id))?.counts[0];

describe('a hold whose time is over', () => {
  it('is gone for its owner and free for the next one, without a sweeper', async () => {
    await using t = await testInventory();
    const due = await placeDue(t);
    expect(await t.holds.place(t.request([seatsPick([t.seat(0)])]))).toMatchObject({ outcome: 'held' });
    expect(await t.holds.find(t.event.id, due.holdId, due.owner)).toBeNull();
  });

  it('cannot be checked out', async () => {
    await using t = await testInventory();
    const due = await placeDue(t);
    expect(await convert(t, due, 60_000)).toBe('gone');
  });

  it('no longer counts against its person', async () => {
    await using t = await testInventory();
    const { owner } = await placeDue(t);
    const next = t.request([seatsPick([t.seat(1)])], { owner, maxPerPerson: 1 });
    expect((await t.holds.place(next)).outcome).toBe('held');
  });

  it('is ended by the sweeper when nobody else comes, all of them in the end', async () => {
    await using t = await testInventory({ seats: 0, places: 300 });
    const pick = { kind: 'places', pool: 0, areaId: t.areaId, quantity: 1, atLeast: 1 } as const;
    for (let i = 0; i < 150; i += 1) await t.holds.place(t.request([pick]));
    const holds = await t.redis.zrange(eventKey(t.event.id, 'expiries'), '0', '-1');
    for (const id of holds) if (id !== '~') await t.redis.zadd(eventKey(t.event.id, 'expiries'), '1', id);
    expect(await t.mirror.sweep(t.event.id)).toBe(150);
    expect(await counts(t)).toEqual({ free: 300, held: 0, taken: 0 });
    expect(await t.mirror.sweep(t.event.id)).toBe(0);
  });
});

/** Lets the hold's own time be over, as if it had passed: in its record, and in `expiries` if it is what it waits for there. */
const endTime = async (t: Inventory, { holdId }: PlaceHoldRequest): Promise<void> => {
  const [holds, expiries] = [eventKey(t.event.id, 'holds'), eventKey(t.event.id, 'expiries')];
  const record = JSON.parse((await t.redis.hget(holds, holdId)) ?? '') as HoldRecord;
  if (Number(await t.redis.zscore(expiries, holdId)) === record.e) await t.redis.zadd(expiries, '1', holdId);
  await t.redis.hset(holds, holdId, JSON.stringify({ ...record, e: 1 }));
};

const convertingSeatIsKept = async (sources?: LuaSources): Promise<boolean> => {
  await using t = await testInventory({}, { sources });
  const request = t.request([seatsPick([t.seat(0)])]);
  await t.holds.place(request);
  expect(await convert(t, request, 60_000)).toBe('converting');
  await endTime(t, request);
  return (await t.holds.place(t.request([seatsPick([t.seat(0)])]))).outcome === 'taken';
};

describe('a hold that is being checked out', () => {
  it('does not expire, though its own time is over', async () => {
    expect(await convertingSeatIsKept()).toBe(true);
  });
  it('twin: without the conversion’s own deadline somebody else gets the seat', async () => {
    const hasty = scriptsWithout("hold.s == 'converting' and hold.c or hold.e", 'hold.e');
    const forgetful = { ...hasty };
    for (const [name, lua] of Object.entries(hasty)) {
      forgetful[name] = lua.replaceAll(
        "elseif hold.s == 'converting' and hold.e > now then",
        'elseif false then',
      );
    }
    expect(await convertingSeatIsKept(forgetful)).toBe(false);
  });

  it('falls back to active when its checkout never ends, and another checkout may have it', async () => {
    await using t = await testInventory();
    const request = t.request([seatsPick([t.seat(0)])]);
    await t.holds.place(request);
    await convert(t, request, 0);
    expect((await t.holds.find(t.event.id, request.holdId, request.owner))?.state).toBe('active');
    const second = await t.holds.beginConversion(t.event.id, request.holdId, request.owner, 'two');
    expect(second.outcome).toBe('converting');
  });

  it('expires when its checkout never ends and its own time is over; a claim that did commit beats the next holder', async () => {
    await using t = await testInventory();
    const lost = t.request([seatsPick([t.seat(0)])]);
    await t.holds.place(lost);
    expect(await convert(t, lost, 0)).toBe('converting');
    await endTime(t, lost);
    const next = t.request([seatsPick([t.seat(0)])]);
    expect((await t.holds.place(next)).outcome).toBe('held');
    await t.mirror.follow({
      eventId: t.event.id,
      owner: newId('bkg'),
      person: lost.owner,
      change: 'mark',
      units: [t.seat(0)],
    });
    expect(await t.holds.find(t.event.id, next.holdId, next.owner)).toBeNull();
    expect(await counts(t)).toEqual({ free: 7, held: 0, taken: 1 });
  });
});
