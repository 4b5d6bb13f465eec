import { checkout } from '@eventhorizon/core/flows/checkout';
import { finalizeBookings } from '@eventhorizon/core/flows/finalize-bookings';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { jobs } from '@eventhorizon/core/jobs';
import type { Tx } from '@eventhorizon/core/shared/unit-of-work';
import { expect, test } from 'vitest';
import { mongoOutboxQueue } from '../mongo/outbox.ts';
import { countTrips } from '../testing/count-trips.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';
import { passingOn } from '../testing/transfer-world.ts';

/** Held by an account. */
const holdSeats = async (world: SaleWorld, first: number, count: number) => {
  const { id } = await passingOn(world).person(`buyer${first}`);
  return world.hold(
    Array.from({ length: count }, (_, n) => world.inventory.seat(first + n)),
    id,
  );
};

/** Pays all that is to be paid: what the provider says of it. */
const payments = ({ gateway }: SaleWorld) =>
  [...gateway.intents.values()]
    .filter(({ status }) => status === 'open')
    .map(({ id }) => gateway.delivery(gateway.pay(id)));

/** As the worker finalizes what is due: in one batch. */
const finalizing = async (world: SaleWorld) => {
  const queue = mongoOutboxQueue(world.mongo.db);
  const rows = await queue.takeDue('booking.finalize', 100, 60_000);
  const items = rows.map((row) => ({
    row,
    payload: jobs['booking.finalize'].payload.parse(row.payload),
    complete: (tx: Tx) => queue.complete(row, tx),
  }));
  return async () => {
    const reports = await finalizeBookings(world.deps, items, (tx, all) =>
      queue.completeAll(
        all.map(({ row }) => row),
        tx,
      ),
    );
    expect(reports.map((report) => ('outcome' in report ? report.outcome : report))).toEqual(
      items.map(() => 'confirmed'),
    );
  };
};

test('checkout, payment and finalize keep to their round trips, however many units a booking has', async () => {
  await using world = await saleWorld();
  for (const [first, count] of [
    [0, 1],
    [4, 4],
  ] as const) {
    const hold = await holdSeats(world, first, count);
    const book = () => checkout(world.deps, world.command(hold));
    expect(await countTrips(world, book)).toEqual({ mongo: 11, redis: 2 });
    expect(await countTrips(world, book), 'asked again').toEqual({ mongo: 2, redis: 1 });
    const [delivery] = payments(world);
    if (delivery === undefined) throw new Error('there is nothing to pay');
    expect(await countTrips(world, () => receiveWebhook(world.deps, delivery))).toEqual({
      mongo: 3,
      redis: 0,
    });
    expect(await countTrips(world, await finalizing(world))).toEqual({ mongo: 11, redis: 0 });
  }
});

test('bookings that are paid at the same time are finalized together, in the round trips of one', async () => {
  await using world = await saleWorld();
  for (const seat of [0, 1, 2]) await checkout(world.deps, world.command(await holdSeats(world, seat, 1)));
  for (const delivery of payments(world)) await receiveWebhook(world.deps, delivery);
  expect(await countTrips(world, await finalizing(world))).toEqual({ mongo: 11, redis: 0 });
});

test('twin: a store that writes unit by unit is seen to leave the budget', async () => {
  await using world = await saleWorld();
  const hold = await holdSeats(world, 0, 4);
  const claims: SaleDeps['claims'] = {
    ...world.deps.claims,
    insertAll: async (tx, all) => {
      for (const one of all) await world.deps.claims.insertAll(tx, [one]);
    },
  };
  const book = () => checkout({ ...world.deps, claims }, world.command(hold));
  expect(await countTrips(world, book)).toEqual({ mongo: 14, redis: 2 });
});
