import { checkout } from '@eventhorizon/core/flows/checkout';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import type { Hold } from '@eventhorizon/core/holds/hold';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { expect, test } from 'vitest';
import { seatsPick } from '../redis/testing/inventory-fixture.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** Runs `meanwhile` inside the transaction of checkout, where the units are not yet claimed. */
const during = (deps: SaleDeps, meanwhile: () => Promise<void>): SaleDeps => ({
  ...deps,
  saleEvents: {
    ...deps.saleEvents,
    find: async (eventId, tx) => {
      await meanwhile();
      return deps.saleEvents.find(eventId, tx);
    },
  },
});

/** Twin: a checkout that only looks at the hold, instead of converting it. */
const withoutConversion = (world: SaleWorld): SaleDeps => ({
  ...world.deps,
  holds: {
    ...world.deps.holds,
    beginConversion: async (eventId, holdId, owner) => {
      const hold = await world.inventory.holds.find(eventId, holdId, owner);
      return hold === null ? { outcome: 'gone' } : { outcome: 'converting', hold };
    },
  },
});

const redisTimeIsPast = async (world: SaleWorld, at: Date): Promise<void> => {
  for (;;) {
    const [seconds, micros] = await world.inventory.redis.time();
    if (Number(seconds) * 1_000 + Number(micros) / 1_000 > at.getTime()) return;
  }
};

const shortHold = async (world: SaleWorld): Promise<Hold> => {
  const owner = newId('usr');
  const request = world.inventory.request([seatsPick([world.inventory.seat(0)])], {
    owner,
    ttlMs: 1_000,
    quote: { currency: 'EUR', prices: pricesOf(world) },
  });
  const placed = await world.inventory.holds.place(request);
  if (placed.outcome !== 'held') throw new Error(placed.outcome);
  return placed.hold;
};

const pricesOf = ({ event }: SaleWorld) =>
  event.ticketTypes.flatMap(({ id, name, prices }) =>
    Object.entries(prices).map(([priceCategory, amount]) => ({
      priceCategory,
      ticketTypeId: id,
      name,
      amount,
    })),
  );

/** What a stranger gets who wants seat 0 now. */
const strangerTakesSeat = async (world: SaleWorld): Promise<string> =>
  (await world.inventory.holds.place(world.inventory.request([seatsPick([world.inventory.seat(0)])])))
    .outcome;

test('a hold whose time ends during its checkout is not given to anybody else', async () => {
  await using world = await saleWorld();
  const hold = await shortHold(world);
  let stranger = '';
  const deps = during(world.deps, async () => {
    await redisTimeIsPast(world, hold.expiresAt);
    await world.inventory.mirror.sweep(world.event.id);
    stranger = await strangerTakesSeat(world);
  });
  const { booking } = await checkout(deps, world.command(hold));
  expect(stranger).toBe('taken');
  expect(booking.status).toBe('pending');
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: without the conversion the same end of time gives the seat away under the checkout', async () => {
  await using world = await saleWorld();
  const hold = await shortHold(world);
  let stranger = '';
  const deps = during(withoutConversion(world), async () => {
    await redisTimeIsPast(world, hold.expiresAt);
    await world.inventory.mirror.sweep(world.event.id);
    stranger = await strangerTakesSeat(world);
  });
  await checkout(deps, world.command(hold));
  expect(stranger).toBe('held');
});

test('a hold cannot be released during its checkout', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0)]);
  let released = '';
  const deps = during(world.deps, async () => {
    released = (await world.inventory.holds.release(world.event.id, hold.id, hold.owner)).outcome;
  });
  await checkout(deps, world.command(hold));
  expect(released).toBe('converting');
  expect(await strangerTakesSeat(world)).toBe('taken');
});

test('twin: without the conversion the release goes through and a stranger is promised the seat', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0)]);
  let stranger = '';
  const deps = during(withoutConversion(world), async () => {
    await world.inventory.holds.release(world.event.id, hold.id, hold.owner);
    stranger = await strangerTakesSeat(world);
  });
  await checkout(deps, world.command(hold));
  expect(stranger).toBe('held');
});

test('one hold checked out many times at once makes one booking', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0)]);
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, () => checkout(world.deps, world.command(hold))),
  );
  const made = results.flatMap((r) => (r.status === 'fulfilled' ? [r.value.booking.id] : []));
  expect(new Set(made).size).toBe(1);
  for (const result of results)
    if (result.status === 'rejected') expect(isDomainError(result.reason, 'hold.converting')).toBe(true);
  const again = await checkout(world.deps, world.command(hold));
  expect(again.booking.id).toBe(made[0]);
  expect(again.payment.state).toBe('ready');
  expect(world.gateway.intents.size).toBe(1);
  expect((await world.audit()).findings).toEqual([]);
});

/** A Redis that lets two checkouts of one hold into the transaction: it lost its memory in between. */
const everybodyConverts = (deps: SaleDeps, hold: Hold): SaleDeps => ({
  ...deps,
  holds: { ...deps.holds, beginConversion: async () => ({ outcome: 'converting', hold }) },
});

test('a checkout repeated past Redis still finds its booking, by the unique hold', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0)]);
  const deps = everybodyConverts(world.deps, hold);
  const both = await Promise.all([checkout(deps, world.command(hold)), checkout(deps, world.command(hold))]);
  expect(both[0]?.booking.id).toBe(both[1]?.booking.id);
  expect((await world.audit()).counts.bookings.pending).toBe(1);
});

test('twin: without the unique hold the repeated checkout is told that its own seat is taken', async () => {
  await using world = await saleWorld();
  await world.mongo.db.collection('bookings').dropIndex('hold_once');
  const hold = await world.hold([world.inventory.seat(0)]);
  const deps = everybodyConverts(world.deps, hold);
  await checkout(deps, world.command(hold));
  await expect(checkout(deps, world.command(hold))).rejects.toMatchObject({ code: 'units.taken' });
});

/** Two buyers hold one seat, because Redis lost everything while the first was in its checkout. */
const twoHoldersOfOneSeat = async (world: SaleWorld) => {
  const first = await world.hold([world.inventory.seat(0)]);
  await world.inventory.redis.flushall();
  await world.rebuild();
  const second = await world.hold([world.inventory.seat(0)]);
  return Promise.allSettled([
    checkout(everybodyConverts(world.deps, first), world.command(first)),
    checkout(world.deps, world.command(second)),
  ]);
};

test('two checkouts of one seat after FLUSHALL sell it once, and the loser is told at once', async () => {
  await using world = await saleWorld();
  const results = await twoHoldersOfOneSeat(world);
  const refused = results.flatMap((r) => (r.status === 'rejected' ? [r.reason] : []));
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatchObject({ code: 'units.taken' });
  expect((await world.audit()).findings).toEqual([]);
  expect(await strangerTakesSeat(world)).toBe('taken');
});

test('twin: without the unique index over claims the same two checkouts sell the seat twice', async () => {
  await using world = await saleWorld();
  await world.mongo.db.collection('claims').dropIndex('unit_once');
  const results = await twoHoldersOfOneSeat(world);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('unit_claimed_twice');
});

test('a loser of the race corrects Redis: the seat shows as taken before any row was worked off', async () => {
  await using world = await saleWorld();
  const first = await world.hold([world.inventory.seat(0)]);
  // Redis fails to hear that the first checkout is complete, and forgets the hold.
  const deaf = {
    ...world.deps.holds,
    completeConversion: async () => Promise.reject(new Error('no answer')),
  };
  await checkout({ ...world.deps, holds: deaf }, world.command(first));
  await world.inventory.redis.flushall();
  // Built before that booking was committed: the fixture's own book of claims is empty.
  await world.inventory.rebuild();
  const second = await world.hold([world.inventory.seat(0)]);
  await expect(checkout(world.deps, world.command(second))).rejects.toMatchObject({
    code: 'units.taken',
    details: { unitIds: [world.inventory.seat(0).unitId] },
  });
  expect(await strangerTakesSeat(world)).toBe('taken');
  await runJobs(world, { only: ['inventory.follow_claims'] });
  expect(await strangerTakesSeat(world)).toBe('taken');
});

/** Twenty holds of one person, in a Redis that does not count persons. */
const twentyCheckouts = async (world: SaleWorld, deps: SaleDeps) => {
  const owner = newId('usr');
  const holds: Hold[] = [];
  for (let place = 1; place <= 20; place += 1) {
    const request = world.inventory.request([seatsPick([world.inventory.place(place)])], {
      owner,
      maxPerPerson: 100,
      quote: { currency: 'EUR', prices: pricesOf(world) },
    });
    const placed = await world.inventory.holds.place(request);
    if (placed.outcome === 'held') holds.push(placed.hold);
  }
  return Promise.allSettled(holds.map((hold) => checkoutPatiently(deps, world, hold)));
};

/** As a client does: what is only busy is asked again. */
const checkoutPatiently = async (deps: SaleDeps, world: SaleWorld, hold: Hold) => {
  for (;;) {
    try {
      return await checkout(deps, world.command(hold));
    } catch (error) {
      if (!isDomainError(error, 'busy.try_again')) throw error;
    }
  }
};

test('twenty checkouts of one person at once stay within the limit per person', async () => {
  await using world = await saleWorld({ maxPerPerson: 4 }, { places: 20 });
  const results = await twentyCheckouts(world, world.deps);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
  for (const result of results)
    if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'hold.limit' });
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: counting without the condition lets all twenty through', async () => {
  await using world = await saleWorld({ maxPerPerson: 4 }, { places: 20 });
  const buyerLimits: SaleDeps['buyerLimits'] = {
    ...world.deps.buyerLimits,
    raise: (tx, eventId, raise) => world.deps.buyerLimits.raise(tx, eventId, { ...raise, max: null }),
  };
  const results = await twentyCheckouts(world, { ...world.deps, buyerLimits });
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
});

test('an event cancelled in Mongo sells nothing, though the gate in Redis is still open', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0)]);
  await world.setEvent({ status: 'cancelled' });
  await expect(checkout(world.deps, world.command(hold))).rejects.toMatchObject({
    code: 'sale.closed',
    details: { reason: 'cancelled' },
  });
  expect((await world.audit()).counts.claims).toBe(0);
});

test('twin: trusting the gate alone sells a cancelled event', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0)]);
  await world.setEvent({ status: 'cancelled' });
  const saleEvents: SaleDeps['saleEvents'] = {
    ...world.deps.saleEvents,
    find: async (eventId, tx) => {
      const event = await world.deps.saleEvents.find(eventId, tx);
      return event === null ? null : { ...event, status: 'published' };
    },
  };
  await checkout({ ...world.deps, saleEvents }, world.command(hold));
  expect((await world.audit()).counts.claims).toBe(1);
});
