import type { Claim } from '@eventhorizon/core/inventory/claim';
import type { HoldId, UserId } from '@eventhorizon/core/shared/ids';
import { runs } from '@eventhorizon/devstack/runs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { eventKeys } from './keys.ts';
import type { LuaSources } from './lua-sources.ts';
import { type Inventory, scriptsWithout, seatsPick, testInventory } from './testing/inventory-fixture.ts';
import { expectConsistent } from './testing/recount.ts';

const SEATS = 6;
const PLACES = 6;

const seat = fc.nat(SEATS - 1);
const unit = fc.nat(SEATS + PLACES - 1);
const who = fc.nat(2);
const slot = fc.nat(4);
const wish = fc.record({
  slot,
  who,
  seats: fc.uniqueArray(seat, { minLength: 0, maxLength: 3 }),
  places: fc.nat(3),
  due: fc.boolean(),
  max: fc.integer({ min: 2, max: 8 }),
});
type Wish = typeof wish extends fc.Arbitrary<infer W> ? W : never;
const command = fc.oneof(
  fc.record({ kind: fc.constant('place' as const), wishes: fc.array(wish, { minLength: 1, maxLength: 4 }) }),
  fc.record({ kind: fc.constantFrom('release' as const, 'extend' as const), slot, who }),
  fc.record({ kind: fc.constant('adopt' as const), slot, who, to: who }),
  fc.record({ kind: fc.constant('begin' as const), slot, who, token: fc.nat(1), due: fc.boolean() }),
  fc.record({ kind: fc.constant('abort' as const), slot, token: fc.nat(1) }),
  fc.record({ kind: fc.constant('complete' as const), slot, who, token: fc.nat(1), booking: fc.nat(3) }),
  fc.record({
    kind: fc.constant('claim' as const),
    booking: fc.nat(3),
    units: fc.uniqueArray(unit, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('unclaim' as const), booking: fc.nat(3) }),
  fc.record({
    kind: fc.constant('late' as const),
    booking: fc.nat(3),
    change: fc.constantFrom('mark' as const, 'free' as const),
    units: fc.uniqueArray(unit, { minLength: 1, maxLength: 4 }),
    again: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom('sweep' as const, 'rebuild' as const) }),
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

/** Runs one command. `t.book` is what Mongo would hold. */
const run = async (t: Inventory, people: UserId[], slots: HoldId[], c: Command): Promise<void> => {
  const { id: eventId } = t.event;
  const person = (n: number) => people[n] ?? newId('usr');
  const hold = (n: number) => slots[n] ?? newId('hld');
  const unitAt = (n: number) => (n < SEATS ? t.seat(n) : t.place(n - SEATS + 1));
  const tell = (change: 'mark' | 'free', owner: string, units: number[], again = false) =>
    t.mirror.follow({
      eventId,
      owner,
      person: person(Number(owner.at(-1))),
      change,
      units: units.map(unitAt),
      again,
    });
  const place = async ({ slot, who, seats, places, due, max }: Wish): Promise<void> => {
    const picks = [
      ...(seats.length > 0 ? [seatsPick(seats.map(t.seat))] : []),
      ...(places > 0
        ? [{ kind: 'places', pool: 1, areaId: t.areaId, quantity: places, atLeast: 1 } as const]
        : []),
    ];
    if (picks.length === 0) return;
    const rest = { holdId: hold(slot), owner: person(who), maxPerPerson: max };
    await t.holds.place(t.request(picks, { ...rest, ttlMs: due ? 0 : 60_000 }));
  };
  switch (c.kind) {
    case 'place':
      await Promise.all(c.wishes.map(place));
      return;
    case 'release':
      return void (await t.holds.release(eventId, hold(c.slot), person(c.who)));
    case 'extend':
      return void (await t.holds.extend(eventId, hold(c.slot), person(c.who), 60_000));
    case 'adopt':
      return void (await t.holds.adopt(eventId, hold(c.slot), person(c.who), person(c.to), 6));
    case 'begin':
      return void (await t.runner.run('begin-conversion', eventKeys(eventId), [
        ...[hold(c.slot), person(c.who), `token${c.token}`, c.due ? 0 : 60_000],
      ]));
    case 'abort':
      return t.holds.abortConversion(eventId, hold(c.slot), `token${c.token}`);
    case 'complete': {
      const standing = await t.holds.find(eventId, hold(c.slot), person(c.who));
      if (standing === null) return;
      const units = standing.units.filter(({ unitId }) => !t.book.has(unitId));
      for (const { unitId } of units)
        t.book.set(unitId, claimOf(t, unitId, `bkg_${c.booking}`, person(c.who)));
      return t.holds.completeConversion(
        eventId,
        hold(c.slot),
        `token${c.token}`,
        `bkg_${c.booking}`,
        person(c.who),
        units,
      );
    }
    case 'claim': {
      const free = c.units.filter((n) => !t.book.has(unitAt(n).unitId));
      const owner = `bkg_${c.booking}`;
      for (const n of free)
        t.book.set(unitAt(n).unitId, claimOf(t, unitAt(n).unitId, owner, person(c.booking)));
      return void (await tell('mark', owner, free));
    }
    case 'unclaim': {
      const mine = [...t.book.values()].filter(({ owner }) => owner === `bkg_${c.booking}`);
      for (const { unitId } of mine) t.book.delete(unitId);
      const units = mine.map(({ unitId }) => t.layout.findUnit(unitId)).filter((one) => one !== null);
      return void (await t.mirror.follow({
        eventId,
        owner: `bkg_${c.booking}`,
        person: null,
        change: 'free',
        units,
      }));
    }
    case 'late':
      return void (await tell(c.change, `bkg_${c.booking}`, c.units, c.again));
    case 'sweep':
      return void (await t.mirror.sweep(eventId));
    case 'rebuild':
      return void (await t.rebuild(true));
  }
};

const claimOf = (t: Inventory, unitId: string, owner: string, person: string): Claim => ({
  eventId: t.event.id,
  unitId,
  owner,
  person,
  claimedAt: new Date(0),
});

const property = async (numRuns: number, sources?: LuaSources) => {
  await using t = await testInventory({ seats: SEATS, places: PLACES }, { sources });
  return await fc.check(
    fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 40 }), async (commands) => {
      t.book.clear();
      await t.redis.flushall();
      await t.rebuild();
      const people = Array.from({ length: 3 }, () => newId('usr'));
      const slots = Array.from({ length: 5 }, () => newId('hld'));
      for (const c of commands) {
        await run(t, people, slots, c);
        await expectConsistent(t);
      }
      await t.rebuild(true);
      await expectConsistent(t);
      const owners = [...((await t.mirror.owners(t.event.id)) ?? [])].filter(
        ([, owner]) => !owner.startsWith('h:'),
      );
      expect(new Map(owners)).toEqual(new Map([...t.book].map(([unitId, { owner }]) => [unitId, owner])));
    }),
    { numRuns },
  );
};

describe('after any sequence of commands', () => {
  it('counts, seat bits, persons, holds and free places agree with the units, and a rebuild gives what Mongo has', async () => {
    const result = await property(runs(200));
    expect(result.failed ? fc.defaultReportMessage(result) : null).toBeNull();
  });

  it.each([
    ['a unit that leaves a hold still counts against its person', 'count_person(hold.o, #rest - #hold.u)'],
    ['a freed place is forgotten', "redis.call('ZADD', K.freed, unit[2] * 1e7 + unit[4], unit[1])"],
    [
      'a mark leaves the seat bit as it was',
      "bits[n + 1], bits[n + 2], bits[n + 3], bits[n + 4] = 'SET', 'u2', '#' .. unit[3], bit",
    ],
    [
      'an owner that loses a unit to another claim keeps counting',
      "count_person(string.match(current, '|(.*)$'), -1)",
    ],
  ])('twin: a script in which %s is caught', async (_what, line) => {
    expect((await property(500, scriptsWithout(line))).failed).toBe(true);
  });
});
