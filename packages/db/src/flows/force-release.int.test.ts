import { checkout } from '@eventhorizon/core/flows/checkout';
import { closeBooking } from '@eventhorizon/core/flows/close-booking';
import { forceRelease } from '@eventhorizon/core/flows/force-release';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

const checkedOut = async (world: SaleWorld) => {
  const { booking } = await checkout(world.deps, world.command(await world.hold([world.inventory.seat(0)])));
  const [intentId = ''] = world.gateway.intents.keys();
  return { booking, intentId, who: { organizationId: booking.organizationId, bookingId: booking.id } };
};

const recordsOf = async (world: SaleWorld, bookingId: Parameters<SaleDeps['bookings']['find']>[0]) => {
  const booking = await world.deps.bookings.find(bookingId);
  const payment = await world.deps.payments.find(booking?.paymentId ?? newId('pay'));
  return { booking: booking?.status, late: booking?.lateMoney, payment: payment?.status };
};

test('the intent of a booking freed by force is cancelled, so that its buyer cannot pay it any more', async () => {
  await using world = await saleWorld();
  const { booking, intentId, who } = await checkedOut(world);
  await forceRelease(world.deps, who);
  expect(await runJobs(world)).toEqual([]);
  expect(world.gateway.intents.get(intentId)?.status).toBe('cancelled');
  expect(await recordsOf(world, booking.id)).toEqual({
    booking: 'expired',
    late: null,
    payment: 'cancelled',
  });
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: without the row that follows the payment it can be paid, and nobody ever knows', async () => {
  await using world = await saleWorld();
  const { booking, intentId, who } = await checkedOut(world);
  const outbox: SaleDeps['outbox'] = {
    add: (tx, messages) =>
      world.deps.outbox.add(
        tx,
        messages.filter(({ job }) => job !== 'payment.follow'),
      ),
  };
  await forceRelease({ ...world.deps, outbox }, who);
  expect(await runJobs(world)).toEqual([]);
  world.gateway.pay(intentId);
  expect(await runJobs(world)).toEqual([]);
  expect(await recordsOf(world, booking.id)).toEqual({ booking: 'expired', late: null, payment: 'created' });
});

test('a bank that decides after the forced release is followed: the money is settled without any webhook', async () => {
  await using world = await saleWorld();
  const { booking, intentId, who } = await checkedOut(world);
  world.gateway.process(intentId);
  await closeBooking(world.deps, { bookingId: booking.id, reason: 'organizer' });
  await forceRelease(world.deps, who);
  expect((await runJobs(world)).map(({ job }) => job)).toEqual(['payment.follow']);
  expect(await recordsOf(world, booking.id)).toEqual({
    booking: 'expired',
    late: null,
    payment: 'processing',
  });
  world.gateway.pay(intentId);
  expect(await runJobs(world)).toEqual([]);
  expect(await recordsOf(world, booking.id)).toEqual({
    booking: 'confirmed',
    late: 'same_units',
    payment: 'captured',
  });
  expect((await world.audit()).findings).toEqual([]);
});

test('a bank that declines after the forced release leaves nothing that can be paid', async () => {
  await using world = await saleWorld();
  const { booking, intentId, who } = await checkedOut(world);
  world.gateway.process(intentId);
  await forceRelease(world.deps, who);
  await runJobs(world);
  world.gateway.decline(intentId);
  expect(await runJobs(world)).toEqual([]);
  expect(world.gateway.intents.get(intentId)?.status).toBe('cancelled');
  expect(await recordsOf(world, booking.id)).toEqual({
    booking: 'expired',
    late: null,
    payment: 'cancelled',
  });
});

test('an intent whose creation timed out is found by its key after the forced release, and cancelled', async () => {
  await using world = await saleWorld();
  world.gateway.fate('createIntent', 'lost');
  const { booking, who } = await checkedOut(world);
  await forceRelease(world.deps, who);
  world.gateway.fate('createIntent', 'unreached');
  world.gateway.fate('cancelIntent', 'limited');
  expect(await runJobs(world)).toEqual([]);
  expect([...world.gateway.intents.values()].map(({ status }) => status)).toEqual(['cancelled']);
  expect(await recordsOf(world, booking.id)).toEqual({
    booking: 'expired',
    late: null,
    payment: 'cancelled',
  });
});
