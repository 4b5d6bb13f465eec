import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { cancelPendingBooking } from '@eventhorizon/core/flows/cancel-pending-booking';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { forceRelease } from '@eventhorizon/core/flows/force-release';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import type { Unit } from '@eventhorizon/core/inventory/unit';
import { expect, test } from 'vitest';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** A booking that an organizer freed by force while the bank was deciding. */
const forced = async (world: SaleWorld, units: readonly Unit[]) => {
  const hold = await world.hold(units);
  const { booking } = await checkout(world.deps, world.command(hold));
  const intentId = [...world.gateway.intents.keys()].at(-1) ?? '';
  world.gateway.process(intentId);
  await forceRelease(world.deps, { organizationId: booking.organizationId, bookingId: booking.id });
  await runJobs(world, { only: ['inventory.follow_claims'] });
  return { booking, intentId };
};

const sellTo = async (world: SaleWorld, units: readonly Unit[]) => {
  const hold = await world.hold(units);
  await checkout(world.deps, world.command(hold));
  await world.deps.holds.completeConversion(world.event.id, hold.id, 'none', hold.id, hold.owner, []);
};

const moneyComes = async (world: SaleWorld, intentId: string, deps: SaleDeps = world.deps) => {
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intentId)));
  await runJobs(world, { deps, only: ['booking.finalize', 'inventory.follow_claims', 'refund.send'] });
};

const noticesOf = async (world: SaleWorld) =>
  (await world.mongo.db.collection('notifications').distinct('notice.kind')).sort();

test('late money gets the same units when they are still free, and Redis follows', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(0), world.inventory.place(1)]);
  await moneyComes(world, intentId);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({
    status: 'confirmed',
    lateMoney: 'same_units',
    lines: booking.lines,
  });
  expect(await noticesOf(world)).toEqual(['late_payment_rebooked']);
  expect((await world.audit()).findings).toEqual([]);
  expect(await auditMirror(world.deps, world.event.id)).toMatchObject({ differences: [] });
});

test('late money gets other units of the same pool that nobody claims or holds, nearest first', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await forced(world, [world.inventory.seat(3), world.inventory.place(1)]);
  await sellTo(world, [world.inventory.seat(3)]);
  await world.hold([world.inventory.seat(2)]);
  await moneyComes(world, intentId);
  const rebooked = await world.deps.bookings.find(booking.id);
  expect(rebooked).toMatchObject({ status: 'confirmed', lateMoney: 'other_units' });
  expect(rebooked?.lines.map(({ unitId, label }) => ({ unitId, label }))).toEqual([
    { unitId: world.inventory.seat(4).unitId, label: 'Stalls, row 1, seat 5' },
    { unitId: world.inventory.place(1).unitId, label: 'Floor, place 1' },
  ]);
  expect(rebooked?.total).toEqual(booking.total);
  const [notice] = await world.mongo.db
    .collection('notifications')
    .find({ 'notice.kind': 'late_payment_moved' })
    .toArray();
  expect(notice?.notice.before).toEqual(['Stalls, row 1, seat 4']);
  expect((await world.audit()).findings).toEqual([]);
});

test('late money for which there is nothing left goes back in full: never kept, never without a word', async () => {
  await using world = await saleWorld({}, { seats: 2, places: 0 });
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  await sellTo(world, [world.inventory.seat(0)]);
  await sellTo(world, [world.inventory.seat(1)]);
  await moneyComes(world, intentId);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({
    status: 'expired',
    lateMoney: 'refunded',
  });
  expect([...world.gateway.refunds.values()]).toEqual([
    expect.objectContaining({ amount: booking.total, status: 'succeeded' }),
  ]);
  expect(await noticesOf(world)).toEqual(['late_payment_refunded', 'refund_sent']);
  expect((await world.audit()).findings).toEqual([]);
});

test('somebody who takes the unit between the plan and the claim wins; the money finds another or goes back', async () => {
  await using world = await saleWorld({}, { seats: 2, places: 0 });
  const { booking, intentId } = await forced(world, [world.inventory.seat(0)]);
  let rivals = 0;
  const deps: SaleDeps = {
    ...world.deps,
    bookings: {
      ...world.deps.bookings,
      // Called in the transaction, after the plan was made.
      markRebooked: async (...args) => {
        const rival = world.inventory.seat(rivals);
        rivals += 1;
        if (rivals <= 2) await sellTo(world, [rival]);
        return world.deps.bookings.markRebooked(...args);
      },
    },
  };
  await moneyComes(world, intentId, deps);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({
    status: 'expired',
    lateMoney: 'refunded',
  });
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts.claims).toBe(2);
});

test('twin: without the unique index over claims the late money takes a unit that was just sold', async () => {
  await using world = await saleWorld({}, { seats: 2, places: 0 });
  await world.mongo.db.collection('claims').dropIndex('unit_once');
  const { intentId } = await forced(world, [world.inventory.seat(0)]);
  const deps: SaleDeps = {
    ...world.deps,
    bookings: {
      ...world.deps.bookings,
      markRebooked: async (...args) => {
        await sellTo(world, [world.inventory.seat(0)]);
        return world.deps.bookings.markRebooked(...args);
      },
    },
  };
  await moneyComes(world, intentId, deps);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('unit_claimed_twice');
});

test('money for a booking that its buyer had given up goes back', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  await cancelPendingBooking(world.deps, { userId: booking.userId, bookingId: booking.id });
  await runJobs(world);
  const [intentId = ''] = world.gateway.intents.keys();
  // The provider contradicts its own cancel: a lost race on its side.
  world.gateway.process(intentId);
  await moneyComes(world, intentId);
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({
    status: 'cancelled',
    lateMoney: 'refunded',
  });
  const [told] = await world.mongo.db
    .collection('notifications')
    .find({ 'notice.kind': 'late_payment_refunded' })
    .toArray();
  expect(told?.notice.reason).toBe('booking_cancelled');
  expect((await world.audit()).findings).toEqual([]);
});
