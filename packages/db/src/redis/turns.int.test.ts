import type { HoldOwner } from '@eventhorizon/core/holds/hold';
import type { PlaceHoldOutcome } from '@eventhorizon/core/holds/ports';
import type { TurnClaim } from '@eventhorizon/core/waiting-room/presented-pass';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { type Inventory, scriptsWithout, testInventory } from './testing/inventory-fixture.ts';

/** A turn that began `ago` ms ago and lasts `turnMs`. */
const turn = (person: string, number = 7, ago = 1_000, turnMs = 600_000): TurnClaim => ({
  number,
  person,
  times: { beginsAt: new Date(Date.now() - ago), endsAt: new Date(Date.now() - ago + turnMs) },
});
const hold = (t: Inventory, owner: HoldOwner, claim: TurnClaim | null): Promise<PlaceHoldOutcome> =>
  t.holds.place(
    t.request([{ kind: 'places', pool: 1, areaId: t.areaId, quantity: 1, atLeast: 1 }], {
      owner,
      turn: claim,
    }),
  );
const idOf = (placed: PlaceHoldOutcome) => {
  if (placed.outcome !== 'held') throw new Error(`not held: ${placed.outcome}`);
  return placed.hold.id;
};

describe('a hold where there is a waiting room', () => {
  it('is placed in the turn, and placed again and again while it lasts', async () => {
    await using t = await testInventory();
    const me = newId('usr');
    expect(await hold(t, me, turn(me))).toMatchObject({ outcome: 'held' });
    expect(await hold(t, me, turn(me))).toMatchObject({ outcome: 'held' });
  });

  it('is refused before the turn, and says how long it is until then', async () => {
    await using t = await testInventory();
    const me = newId('usr');
    const early = await hold(t, me, turn(me, 7, -60_000));
    expect(early).toMatchObject({ outcome: 'no_turn', reason: 'early' });
    expect(early.outcome === 'no_turn' && early.leftMs !== null && early.leftMs > 50_000).toBe(true);
    const paused = { number: 7, person: me, times: null };
    expect(await hold(t, me, paused)).toEqual({ outcome: 'no_turn', reason: 'early', leftMs: null });
  });

  it('is refused after the turn', async () => {
    await using t = await testInventory();
    const me = newId('usr');
    const late = await hold(t, me, turn(me, 7, 700_000));
    expect(late).toEqual({ outcome: 'no_turn', reason: 'over', leftMs: null });
  });

  it.each(['none', 'forged', 'foreign'] as const)('is refused for a pass that is %s', async (fault) => {
    await using t = await testInventory();
    expect(await hold(t, newId('usr'), { fault })).toEqual({
      outcome: 'no_turn',
      reason: fault,
      leftMs: null,
    });
  });

  it('twin: without the look at the turn, all of these hold', async () => {
    await using t = await testInventory(
      {},
      { sources: scriptsWithout("if refused then return { 'no_turn', refused, left } end") },
    );
    const me = newId('usr');
    const claims = [
      turn(me, 7, -60_000),
      turn(me, 7, 700_000),
      { fault: 'none' },
      { fault: 'forged' },
    ] as const;
    for (const claim of claims) expect(await hold(t, me, claim)).toMatchObject({ outcome: 'held' });
  });

  it('that stands is shown again, also when the turn is over by then', async () => {
    await using t = await testInventory();
    const me = newId('usr');
    const picks = [{ kind: 'places', pool: 1, areaId: t.areaId, quantity: 1, atLeast: 1 }] as const;
    const request = t.request(picks, { owner: me, turn: turn(me) });
    const first = await t.holds.place(request);
    expect(await t.holds.place({ ...request, turn: turn(me, 7, 700_000) })).toEqual(first);
  });

  it('needs nothing where there is no room', async () => {
    await using t = await testInventory();
    expect(await hold(t, newId('usr'), null)).toMatchObject({ outcome: 'held' });
    expect(await t.redis.exists(`eh:{${t.event.id}}:turns`)).toBe(0);
  });
});

describe('one pass lets one buyer in', () => {
  /** 20 accounts that all have a visitor's token and pass, at once. */
  const crowd = async (sources?: Parameters<typeof testInventory>[1]) => {
    await using t = await testInventory({ places: 100 }, sources);
    const visitor = newId('vis');
    const placed = await Promise.all(Array.from({ length: 20 }, () => hold(t, newId('usr'), turn(visitor))));
    return placed.filter(({ outcome }) => outcome === 'held').length;
  };

  it('however many accounts come with it at once', async () => {
    expect(await crowd()).toBe(1);
  });

  it('twin: without the binding, all of them get in', async () => {
    const sources = scriptsWithout("redis.call('HSET', K.turns, number, owner)");
    expect(await crowd({ sources })).toBe(20);
  });

  it('goes on from the visitor to the account he logs in to, and to no other', async () => {
    await using t = await testInventory();
    const [visitor, account, other] = [newId('vis'), newId('usr'), newId('usr')];
    expect(await hold(t, visitor, turn(visitor))).toMatchObject({ outcome: 'held' });
    expect(await hold(t, account, turn(visitor))).toMatchObject({ outcome: 'held' });
    expect(await hold(t, other, turn(visitor))).toMatchObject({ outcome: 'no_turn', reason: 'bound' });
    expect(await hold(t, visitor, turn(visitor))).toMatchObject({ outcome: 'no_turn', reason: 'bound' });
  });

  it('also by adopting: a hold of the turn does not go to a second account', async () => {
    await using t = await testInventory();
    const [visitor, account, other] = [newId('vis'), newId('usr'), newId('usr')];
    const held = idOf(await hold(t, visitor, turn(visitor)));
    await hold(t, account, turn(visitor));
    expect(await t.holds.adopt(t.event.id, held, visitor, other, 10)).toEqual({ outcome: 'bound' });
    expect(await t.holds.adopt(t.event.id, held, visitor, account, 10)).toMatchObject({ outcome: 'adopted' });
  });

  it('twin: without that, two accounts buy by one pass', async () => {
    const sources = scriptsWithout(
      "if hold.w and not hand_turn(hold.w, hold.o, to) then return { 'bound' } end",
    );
    await using t = await testInventory({}, { sources });
    const [visitor, account, other] = [newId('vis'), newId('usr'), newId('usr')];
    const held = idOf(await hold(t, visitor, turn(visitor)));
    await hold(t, account, turn(visitor));
    expect(await t.holds.adopt(t.event.id, held, visitor, other, 10)).toMatchObject({ outcome: 'adopted' });
  });

  it('and is used up when he checks out: no other hold, unless the checkout is given up', async () => {
    await using t = await testInventory();
    const me = newId('usr');
    const first = idOf(await hold(t, me, turn(me)));
    await t.holds.beginConversion(t.event.id, first, me, 'token');
    await t.holds.beginConversion(t.event.id, first, me, 'token');
    expect(await hold(t, me, turn(me))).toMatchObject({ outcome: 'no_turn', reason: 'used' });
    await t.holds.abortConversion(t.event.id, first, 'token');
    const second = idOf(await hold(t, me, turn(me)));
    await t.holds.beginConversion(t.event.id, second, me, 'again');
    const units = t.place(2);
    await t.holds.completeConversion(t.event.id, second, 'again', newId('bkg'), me, [units]);
    expect(await hold(t, me, turn(me))).toMatchObject({ outcome: 'no_turn', reason: 'used' });
    // The other hold of the turn may still be checked out; it needs no pass.
    expect(await t.holds.beginConversion(t.event.id, first, me, 'third')).toMatchObject({
      outcome: 'converting',
    });
  });

  it('twin: without using it up, he buys again and again', async () => {
    await using t = await testInventory(
      {},
      { sources: scriptsWithout('if hold.w then use_turn(hold.w, 1) end') },
    );
    const me = newId('usr');
    const first = idOf(await hold(t, me, turn(me)));
    await t.holds.beginConversion(t.event.id, first, me, 'token');
    expect(await hold(t, me, turn(me))).toMatchObject({ outcome: 'held' });
  });

  it('a hold carried over a rebuild still knows its turn', async () => {
    await using t = await testInventory();
    const me = newId('usr');
    const held = idOf(await hold(t, me, turn(me)));
    expect(await t.rebuild(true)).toBe('rebuilt');
    await t.holds.beginConversion(t.event.id, held, me, 'token');
    expect(await hold(t, me, turn(me))).toMatchObject({ outcome: 'no_turn', reason: 'used' });
  });
});
