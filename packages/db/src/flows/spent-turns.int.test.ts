import { checkout } from '@eventhorizon/core/flows/checkout';
import { closeBooking } from '@eventhorizon/core/flows/close-booking';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { quoteFor } from '@eventhorizon/core/pricing/quote';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import type { UserId } from '@eventhorizon/core/shared/ids';
import { atCall } from '@eventhorizon/core/testing/at-call';
import { Crashed, crashAt } from '@eventhorizon/core/testing/crash-at';
import { expect, test } from 'vitest';
import { eventKeys } from '../redis/keys.ts';
import { onlyClaims, scriptsWithout, seatsPick } from '../redis/testing/inventory-fixture.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';
import { turnClaimOf } from '../testing/turn-claim.ts';

/** A pass of a visitor, whom every account that has his token may show. */
type Pass = { readonly person: string; readonly number: number };
const passOf = (number: number): Pass => ({ person: newId('vis'), number });

/** A hold of one seat in the turn of a pass; the refusal when there is none. */
const hold = async (world: SaleWorld, seat: number, owner: UserId, { person, number }: Pass) => {
  const placed = await world.inventory.holds.place(
    world.inventory.request([seatsPick([world.inventory.seat(seat)])], {
      owner,
      quote: quoteFor(world.event, new Set(['A'])),
      turn: turnClaimOf(person, number),
    }),
  );
  if (placed.outcome === 'held') return placed.hold;
  return placed.outcome === 'no_turn' ? placed.reason : placed.outcome;
};

/** Holds and checks out. Gives `bought`, or why not. */
const buy = async (
  world: SaleWorld,
  seat: number,
  owner: UserId,
  pass: Pass,
  deps: SaleDeps = world.deps,
): Promise<string> => {
  const held = await hold(world, seat, owner, pass);
  if (typeof held === 'string') return held;
  try {
    await checkout(deps, world.command(held));
    return 'bought';
  } catch (error) {
    return isDomainError(error) ? error.code : String(error);
  }
};

const lose = async (world: SaleWorld, truth = world.truth): Promise<void> => {
  const { redis, mirror, layout, gate } = world.inventory;
  await redis.flushall();
  expect(await mirror.rebuild(layout, gate, truth)).toBe('rebuilt');
};

test('a pass that has bought holds nothing more when Redis was lost and rebuilt, for nobody', async () => {
  await using world = await saleWorld();
  const [me, friend, pass] = [newId('usr'), newId('usr'), passOf(7)];
  expect(await buy(world, 0, me, pass)).toBe('bought');
  await lose(world);
  for (const who of [me, friend]) expect(await hold(world, 1, who, pass)).toBe('used');
  expect(await buy(world, 1, friend, passOf(8))).toBe('bought');
});

test('twin: a rebuild that reads claims alone lets it hold again, and Mongo refuses what it buys', async () => {
  await using world = await saleWorld();
  const [me, friend, pass] = [newId('usr'), newId('usr'), passOf(7)];
  expect(await buy(world, 0, me, pass)).toBe('bought');
  await lose(world, onlyClaims(world.truth.claims));
  expect(await buy(world, 1, friend, pass)).toBe('room.pass_used');
  // From then on Redis knows.
  expect(await hold(world, 2, me, pass)).toBe('used');
  expect(await world.mongo.db.collection('bookings').countDocuments({})).toBe(1);
});

test('twin: without the unique index over turns it buys twice', async () => {
  await using world = await saleWorld();
  const [me, friend, pass] = [newId('usr'), newId('usr'), passOf(7)];
  await world.mongo.db.collection('bookings').dropIndex('turn_once');
  expect(await buy(world, 0, me, pass)).toBe('bought');
  await lose(world, onlyClaims(world.truth.claims));
  expect(await buy(world, 1, friend, pass)).toBe('bought');
  expect((await world.audit()).findings).toMatchObject([{ kind: 'turn_used_twice' }]);
});

test('a hold that was booked answers with its booking when it comes again in the same turn, and is not refused', async () => {
  await using world = await saleWorld();
  const [me, pass] = [newId('usr'), passOf(7)];
  const held = await hold(world, 0, me, pass);
  if (typeof held === 'string') throw new Error(held);
  const { booking } = await checkout(world.deps, world.command(held));
  await lose(world, onlyClaims(world.truth.claims));
  const request = world.inventory.request([seatsPick([world.inventory.seat(1)])], {
    owner: me,
    quote: held.quote,
    turn: turnClaimOf(pass.person, pass.number),
  });
  const again = await world.inventory.holds.place({ ...request, holdId: held.id });
  if (again.outcome !== 'held') throw new Error(again.outcome);
  expect((await checkout(world.deps, world.command(again.hold))).booking.id).toBe(booking.id);
  expect(await hold(world, 2, me, pass)).toBe('used');
});

test('a booking that ends unpaid gives its turn not back, also when Redis is lost: late money may revive it', async () => {
  await using world = await saleWorld();
  const [me, pass] = [newId('usr'), passOf(7)];
  expect(await buy(world, 0, me, pass)).toBe('bought');
  const booking = await world.mongo.db.collection<{ _id: string }>('bookings').findOne({});
  world.clock.forward(3_600_000);
  await closeBooking(world.deps, { bookingId: booking?._id as never, reason: 'unpaid' });
  await runJobs(world, { only: ['inventory.follow_claims'] });
  expect(await hold(world, 1, me, pass)).toBe('used');
  await lose(world);
  expect(await hold(world, 1, me, pass)).toBe('used');
});

/** Redis is lost and rebuilt before the n-th call of a checkout, and the same pass buys another seat at once. Gives what became of both. */
const rivalAt = async (world: SaleWorld, at: number, isFriend: boolean) => {
  const [me, pass] = [newId('usr'), passOf(at)];
  let rival: string | null = null;
  const deps: SaleDeps = atCall(world.deps, async (call, when) => {
    if (call !== at || when !== 'before') return;
    await lose(world);
    rival = await buy(world, at * 2 + 1, isFriend ? newId('usr') : me, pass);
  });
  return { mine: await buy(world, at * 2, me, pass, deps), rival: rival as string | null };
};

test.each([
  ['the same person', false],
  ['another account', true],
])(
  'Redis lost between any two steps of a checkout, while %s checks out by the same pass: one of the two buys',
  async (_who, isFriend) => {
    await using world = await saleWorld({}, { seats: 80, places: 0 });
    let at = 1;
    for (; ; at += 1) {
      const { mine, rival } = await rivalAt(world, at, isFriend);
      if (rival === null) break;
      expect(
        [mine, rival].filter((each) => each === 'bought'),
        `step ${at}: ${mine}, ${rival}`,
      ).toHaveLength(1);
    }
    expect(at).toBeGreaterThan(10);
    expect((await world.audit()).findings).toEqual([]);
  },
);

test('twin: without the unique index both buy when it is lost at the right step', async () => {
  await using world = await saleWorld({}, { seats: 80, places: 0 });
  await world.mongo.db.collection('bookings').dropIndex('turn_once');
  const both: number[] = [];
  for (let at = 1; at <= 6; at += 1) {
    const { mine, rival } = await rivalAt(world, at, true);
    if (mine === 'bought' && rival === 'bought') both.push(at);
  }
  expect(both.length).toBeGreaterThan(0);
});

/** A checkout commits after a rebuild has read Mongo to the end, and before its copy is put in place. Gives what the pass may do then. */
const boughtDuringRebuild = async (sources?: ReturnType<typeof scriptsWithout>) => {
  await using world = await saleWorld({}, {}, sources);
  const { redis, mirror, layout, gate } = world.inventory;
  const [me, pass] = [newId('usr'), passOf(7)];
  const held = await hold(world, 0, me, pass);
  if (typeof held === 'string') throw new Error(held);
  let rebuilding: Promise<unknown> = Promise.resolve();
  let finish = (): void => undefined;
  const mayFinish = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const holds: SaleDeps['holds'] = {
    ...world.deps.holds,
    beginConversion: async (...args) => {
      const begun = await world.deps.holds.beginConversion(...args);
      await redis.flushall();
      await new Promise<void>((hasRead) => {
        const turns = async function* () {
          yield* world.truth.turns();
          hasRead();
          await mayFinish;
        };
        rebuilding = mirror.rebuild(layout, gate, { ...world.truth, turns });
      });
      return begun;
    },
  };
  await checkout({ ...world.deps, holds }, world.command(held));
  finish();
  expect(await rebuilding).toBe('rebuilt');
  return await hold(world, 1, me, pass);
};

test('a checkout that commits while Redis is rebuilt has used its pass in the new copy', async () => {
  expect(await boughtDuringRebuild()).toBe('used');
});

test('twin: without the journal the new copy lets the pass hold again', async () => {
  const amnesic = scriptsWithout("redis.call('RPUSH', K.journal, entry)");
  expect(await boughtDuringRebuild(amnesic)).toMatchObject({ state: 'active' });
});

/** Conversions that are over at once, as a minute later. */
const withShortConversions = (world: SaleWorld): SaleDeps => ({
  ...world.deps,
  holds: {
    ...world.deps.holds,
    beginConversion: async (eventId, holdId, owner, token) => {
      const found = await world.inventory.holds.find(eventId, holdId, owner);
      await world.inventory.runner.run('begin-conversion', eventKeys(eventId), [holdId, owner, token, 0]);
      return found === null ? { outcome: 'gone' } : { outcome: 'converting', hold: found };
    },
  },
});

/** A checkout dies at every call; a minute later the same person comes with the same pass for another seat. What he meets, by whether a booking was made. */
const afterDeaths = async (sources?: ReturnType<typeof scriptsWithout>) => {
  await using world = await saleWorld({}, { seats: 120, places: 0 }, sources);
  const met = { made: new Set<string>(), nothing: new Set<string>() };
  for (let at = 1, seat = 0; ; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const [me, pass] = [newId('usr'), passOf(seat)];
      const held = await hold(world, seat, me, pass);
      if (typeof held === 'string') throw new Error(held);
      const mortal = crashAt(withShortConversions(world), { at, when });
      await checkout(mortal.deps, world.command(held)).catch((error: unknown) => {
        if (!(error instanceof Crashed) && !mortal.crashed()) throw error;
      });
      const made = await world.deps.bookings.findByHold(world.event.id, held.id);
      await runJobs(world, { only: ['inventory.follow_claims'] });
      met[made === null ? 'nothing' : 'made'].add(await buy(world, seat + 1, me, pass));
      seat += 2;
      if (!mortal.crashed()) return { made: [...met.made], nothing: [...met.nothing], steps: at - 1 };
    }
  }
};

test('a checkout killed before or after any of its calls leaves its pass used if it has bought, and good if it has not', async () => {
  const { made, nothing, steps } = await afterDeaths();
  expect({ made, nothing }).toEqual({ made: ['used'], nothing: ['bought'] });
  expect(steps).toBeGreaterThan(10);
});

test('twin: without giving turns back it leaves passes used that have bought nothing', async () => {
  const { nothing } = await afterDeaths(
    scriptsWithout('if hold.w then return_turn(hold.w, id) end', 'local _ = id'),
  );
  expect(nothing).toContain('used');
});
