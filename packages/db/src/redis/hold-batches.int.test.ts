import type { PlaceHoldRequest } from '@eventhorizon/core/holds/ports';
import { runs } from '@eventhorizon/devstack/runs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '../testing/new-id.ts';
import type { LuaSources } from './lua-sources.ts';
import { type Inventory, scriptsWithout, seatsPick, testInventory } from './testing/inventory-fixture.ts';
import { expectConsistent } from './testing/recount.ts';

const places = (t: Inventory, quantity: number, atLeast = quantity) =>
  ({ kind: 'places', pool: 1, areaId: t.areaId, quantity, atLeast }) as const;

/** How many scripts Redis has run so far. */
const scriptsRun = async ({ redis }: Inventory): Promise<number> =>
  Number(/cmdstat_evalsha:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);

describe('holds that are asked for at once', () => {
  it('are one call of a script for 12 of them, each with its own answer in its own order', async () => {
    await using t = await testInventory({ places: 20 });
    await t.holds.place(t.request([places(t, 1)]));
    const before = await scriptsRun(t);
    const placed = await Promise.all(
      Array.from({ length: 32 }, () => t.holds.place(t.request([places(t, 1)]))),
    );
    expect(await scriptsRun(t)).toBe(before + 3);
    const taken = placed.flatMap((one) => (one.outcome === 'held' ? one.hold.units : []));
    expect(taken.map(({ place }) => place)).toEqual(Array.from({ length: 19 }, (_, i) => i + 2));
    expect(placed.slice(19).map(({ outcome }) => outcome)).toEqual(Array(13).fill('short'));
    await expectConsistent(t);
  });

  it('go apart where their seats to choose from are many, so that no script is long', async () => {
    await using t = await testInventory({ seats: 60, places: 0 });
    const seats = Array.from({ length: 60 }, (_, i) => t.seat(i));
    const blocks = seats.map((_, i) => [...seats.slice(i), ...seats.slice(0, i)].slice(0, 10));
    const before = await scriptsRun(t);
    const placed = await Promise.all([1, 2, 3].map(() => t.holds.place(t.request([seatsPick(...blocks)]))));
    expect(placed.map(({ outcome }) => outcome)).toEqual(['held', 'held', 'held']);
    expect((await scriptsRun(t)) - before).toBe(3);
  });

  it('get what they would get one after the other', async () => {
    const wish = fc.record({
      owner: fc.nat(2),
      id: fc.nat(5),
      seats: fc.uniqueArray(fc.nat(5), { maxLength: 2 }),
      places: fc.nat(3),
      part: fc.boolean(),
      max: fc.integer({ min: 1, max: 6 }),
    });
    /** Places that were held and released before: they are in the list of free ones, below the cursor. */
    const freed = fc.nat(3);
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 2, maxLength: 8 }), freed, async (wishes, quantity) => {
        await using together = await testInventory({ seats: 6, places: 6 });
        await using apart = await testInventory({ seats: 6, places: 6 });
        for (const t of quantity > 0 ? [together, apart] : []) {
          const before = t.request([places(t, quantity)]);
          await t.holds.place(before);
          await t.holds.release(t.event.id, before.holdId, before.owner);
        }
        const owners = [newId('usr'), newId('usr'), newId('usr')];
        const ids = Array.from({ length: 6 }, () => newId('hld'));
        const requestsOf = (t: Inventory): PlaceHoldRequest[] =>
          wishes.flatMap(({ owner, id, seats, places: quantity, part, max }) => {
            const picks = [
              ...(seats.length > 0 ? [seatsPick(seats.map(t.seat))] : []),
              ...(quantity > 0 ? [places(t, quantity, part ? 1 : quantity)] : []),
            ];
            const rest = { owner: owners[owner], holdId: ids[id], maxPerPerson: max };
            return picks.length === 0 ? [] : [t.request(picks, rest)];
          });
        const seen = (t: Inventory, placed: Awaited<ReturnType<Inventory['holds']['place']>>[]) =>
          placed.map((one) =>
            one.outcome === 'held'
              ? one.hold.units.map(({ unitId }) => unitId.replace(t.areaId, 'area'))
              : one.outcome,
          );
        const all = await Promise.all(requestsOf(together).map((request) => together.holds.place(request)));
        const each = [];
        for (const request of requestsOf(apart)) each.push(await apart.holds.place(request));
        expect(seen(together, all)).toEqual(seen(apart, each));
        await expectConsistent(together);
      }),
      { numRuns: runs(15) },
    );
  });

  describe('and one of which meets a bug', () => {
    const CHOOSES = 'local chosen, listed_ids, cursors = choose(';
    const withBug = scriptsWithout(
      CHOOSES,
      `if string.find(wanted.quote, 'XXX', 1, true) then error('bug') end ${CHOOSES}`,
    );
    const outcomes = async (sources: LuaSources) => {
      await using t = await testInventory({ places: 5 }, { sources });
      const requests = ['EUR', 'XXX', 'EUR'].map((currency) =>
        t.request([places(t, 1)], { quote: { currency, prices: [] } }),
      );
      const placed = await Promise.all(
        requests.map((request) =>
          t.holds.place(request).then(
            ({ outcome }) => outcome,
            (error: Error) => error.message,
          ),
        ),
      );
      await expectConsistent(t);
      return placed;
    };

    it('are placed but for that one', async () => {
      expect(await outcomes(withBug)).toEqual(['held', expect.stringContaining('bug'), 'held']);
    });

    it('twin: without that all of them fail, some of them after they took their units', async () => {
      const together = Object.fromEntries(
        Object.entries(withBug).map(([name, lua]) => [
          name,
          lua.replace('pcall(place_hold, {', 'true, place_hold({'),
        ]),
      );
      await expect(outcomes(together)).rejects.toThrow(/expected/);
    });
  });
});
