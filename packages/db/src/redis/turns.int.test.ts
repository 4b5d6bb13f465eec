import type { HoldOwner } from '@eventhorizon/core/holds/hold';
import type { PlaceHoldOutcome } from '@eventhorizon/core/holds/ports';
import type { TurnClaim } from '@eventhorizon/core/waiting-room/presented-pass';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { turnClaimOf as turn } from '../testing/turn-claim.ts';
import { eventKey, eventKeys } from './keys.ts';
import { type Inventory, scriptsWithout, testInventory } from './testing/inventory-fixture.ts';

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
    expect(await t.redis.hkeys(eventKey(t.event.id, 'turns'))).toEqual(['~']);
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
    await t.holds.completeConversion(t.event.id, second, 'again', newId('bkg'), me, [units], 7);
    expect(await hold(t, me, turn(me))).toMatchObject({ outcome: 'no_turn', reason: 'used' });
    // What else he holds of this turn he can release, not buy.
    expect(await t.holds.beginConversion(t.event.id, first, me, 'third')).toEqual({ outcome: 'used' });
    expect(await t.holds.release(t.event.id, first, me)).toEqual({ outcome: 'released' });
    expect(await hold(t, me, turn(me))).toMatchObject({ outcome: 'no_turn', reason: 'used' });
  });

  it('twin: without using it up, he buys again and again', async () => {
    await using t = await testInventory(
      {},
      { sources: scriptsWithout("if hold.w and not use_turn(hold.w, id) then return { 'used' } end") },
    );
    const me = newId('usr');
    const first = idOf(await hold(t, me, turn(me)));
    await t.holds.beginConversion(t.event.id, first, me, 'token');
    const second = idOf(await hold(t, me, turn(me)));
    expect(await t.holds.beginConversion(t.event.id, second, me, 'too')).toMatchObject({
      outcome: 'converting',
    });
  });

  it('a rebuild keeps what Redis knows of turns: whose they are, and which is being checked out', async () => {
    await using t = await testInventory();
    const [visitor, account, other] = [newId('vis'), newId('usr'), newId('usr')];
    await hold(t, visitor, turn(visitor, 1));
    const adopted = idOf(await hold(t, account, turn(visitor, 1)));
    await t.holds.release(t.event.id, adopted, account);
    const converting = idOf(await hold(t, account, turn(account, 2)));
    await t.holds.beginConversion(t.event.id, converting, account, 'token');
    expect(await t.rebuild(true)).toBe('rebuilt');
    expect(await hold(t, other, turn(visitor, 1))).toMatchObject({ outcome: 'no_turn', reason: 'bound' });
    expect(await hold(t, account, turn(account, 2))).toMatchObject({ outcome: 'no_turn', reason: 'used' });
    await t.holds.abortConversion(t.event.id, converting, 'token');
    expect(await hold(t, account, turn(account, 2))).toMatchObject({ outcome: 'held' });
  });

  it('where only the turns are lost, the holds that stand still say whose they are', async () => {
    await using t = await testInventory();
    const [visitor, account, other] = [newId('vis'), newId('usr'), newId('usr')];
    await hold(t, visitor, turn(visitor));
    const mine = idOf(await hold(t, account, turn(visitor)));
    await t.holds.beginConversion(t.event.id, mine, account, 'token');
    await t.redis.del(eventKey(t.event.id, 'turns'));
    expect(await hold(t, other, turn(visitor))).toEqual({ outcome: 'cold' });
    expect(await t.rebuild()).toBe('rebuilt');
    expect(await hold(t, other, turn(visitor))).toMatchObject({ outcome: 'no_turn', reason: 'used' });
    await t.holds.abortConversion(t.event.id, mine, 'token');
    expect(await hold(t, other, turn(visitor))).toMatchObject({ outcome: 'no_turn', reason: 'bound' });
  });
});

/** A process dies in a checkout: its conversion is over at once, and the next who comes applies that. */
const afterDeadCheckout = async (sources?: Parameters<typeof testInventory>[1]) => {
  await using t = await testInventory({}, sources);
  const me = newId('usr');
  const held = idOf(await hold(t, me, turn(me)));
  await t.runner.run('begin-conversion', eventKeys(t.event.id), [held, me, 'token', 0]);
  return (await hold(t, me, turn(me))).outcome;
};

describe('a turn whose checkout came to nothing', () => {
  it('is given back when the process died in it', async () => {
    expect(await afterDeadCheckout()).toBe('held');
  });

  it('twin: without that, the pass is used though nothing was bought', async () => {
    const sources = scriptsWithout('if hold.w then return_turn(hold.w, id) end');
    expect(await afterDeadCheckout({ sources })).toBe('no_turn');
  });

  it('is given back when all its units went to somebody whose claim was first', async () => {
    await using t = await testInventory();
    const me = newId('usr');
    const placed = await hold(t, me, turn(me));
    if (placed.outcome !== 'held') throw new Error(placed.outcome);
    await t.holds.beginConversion(t.event.id, placed.hold.id, me, 'token');
    const { units } = placed.hold;
    await t.mirror.follow({ eventId: t.event.id, owner: newId('bkg'), person: null, change: 'mark', units });
    expect(await hold(t, me, turn(me))).toMatchObject({ outcome: 'held' });
  });

  it('stays used when a booking was made, though the word of it comes after the hold has ended', async () => {
    await using t = await testInventory();
    const me = newId('usr');
    const held = idOf(await hold(t, me, turn(me)));
    await t.runner.run('begin-conversion', eventKeys(t.event.id), [held, me, 'token', 0]);
    await t.holds.release(t.event.id, held, me);
    const mark = { eventId: t.event.id, owner: newId('bkg'), person: me, change: 'mark' } as const;
    await t.mirror.follow({ ...mark, units: [t.place(3)], turn: 7 });
    await t.mirror.follow({ ...mark, change: 'free', units: [t.place(3)] });
    expect(await hold(t, me, turn(me))).toMatchObject({ outcome: 'no_turn', reason: 'used' });
  });
});
