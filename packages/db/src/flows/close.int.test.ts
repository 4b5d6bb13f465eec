import { auditMirror } from '@eventhorizon/core/flows/audit-mirror';
import { cancelPendingBooking } from '@eventhorizon/core/flows/cancel-pending-booking';
import { checkout } from '@eventhorizon/core/flows/checkout';
import { closeBooking } from '@eventhorizon/core/flows/close-booking';
import { forceRelease } from '@eventhorizon/core/flows/force-release';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { HOUR_MS } from '@eventhorizon/core/shared/clock';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** A booking of seat 0 whose time to pay is over. */
const overdue = async (world: SaleWorld) => {
  const hold = await world.hold([world.inventory.seat(0)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  world.clock.forward(HOUR_MS);
  const [intentId = ''] = world.gateway.intents.keys();
  return { booking, intentId, close: { bookingId: booking.id, reason: 'unpaid' as const } };
};

const statusOf = async (world: SaleWorld, bookingId: Parameters<SaleDeps['bookings']['find']>[0]) =>
  (await world.deps.bookings.find(bookingId))?.status;

test('an unpaid booking ends: intent cancelled, units free in Mongo and Redis, limit lowered, buyer told once', async () => {
  await using world = await saleWorld();
  const { booking, intentId } = await overdue(world);
  expect(await runJobs(world)).toEqual([]);
  expect(await statusOf(world, booking.id)).toBe('expired');
  expect(world.gateway.intents.get(intentId)?.status).toBe('cancelled');
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts.claims).toBe(0);
  expect(await auditMirror(world.deps, world.event.id)).toEqual({ cold: false, held: 0, differences: [] });
  expect(await world.mongo.db.collection('notifications').find().toArray()).toEqual([
    expect.objectContaining({ notice: { kind: 'payment_expired', bookingId: booking.id } }),
  ]);
  await world.hold([world.inventory.seat(0)]);
});

test('an intent whose creation timed out is found by its key at the end, and cancelled', async () => {
  await using world = await saleWorld();
  world.gateway.fate('createIntent', 'lost');
  const { booking, close } = await overdue(world);
  expect((await world.deps.payments.find(booking.paymentId ?? newId('pay')))?.intentId).toBeNull();
  expect(await closeBooking(world.deps, close)).toEqual({ result: 'done' });
  expect([...world.gateway.intents.values()].map(({ status }) => status)).toEqual(['cancelled']);
  expect(await statusOf(world, booking.id)).toBe('expired');
});

test('twin: believing that a creation without an answer made no intent leaves one open after the units are free', async () => {
  await using world = await saleWorld();
  world.gateway.fate('createIntent', 'lost');
  const { booking, close } = await overdue(world);
  const gateway: SaleDeps['gateway'] = {
    ...world.gateway,
    createIntent: async () => ({ outcome: 'rejected', code: 'none', message: 'there is surely none' }),
  };
  await closeBooking({ ...world.deps, gateway }, close);
  expect(await statusOf(world, booking.id)).toBe('expired');
  expect([...world.gateway.intents.values()].map(({ status }) => status)).toEqual(['open']);
});

test('money that comes while the booking closes is honoured: the cancel answers "succeeded" and tickets follow', async () => {
  await using world = await saleWorld();
  const { booking, intentId, close } = await overdue(world);
  world.gateway.before('cancelIntent', async () => void world.gateway.pay(intentId));
  expect(await closeBooking(world.deps, close)).toEqual({ result: 'done' });
  expect(await statusOf(world, booking.id)).toBe('closing');
  expect((await world.audit()).counts.claims).toBe(1);
  await runJobs(world);
  expect(await statusOf(world, booking.id)).toBe('confirmed');
  expect((await world.audit()).findings).toEqual([]);
});

test('twin: freeing without a confirmed cancel gives a paid seat away', async () => {
  await using world = await saleWorld();
  const { booking, intentId, close } = await overdue(world);
  const gateway: SaleDeps['gateway'] = {
    ...world.gateway,
    cancelIntent: async (id) => {
      world.gateway.pay(id);
      const asked = await world.gateway.getIntent(id);
      return asked.outcome === 'ok'
        ? { outcome: 'ok', value: { ...asked.value, status: 'cancelled' } }
        : asked;
    },
  };
  await closeBooking({ ...world.deps, gateway }, close);
  expect(world.gateway.intents.get(intentId)?.status).toBe('succeeded');
  expect(await statusOf(world, booking.id)).toBe('expired');
  expect((await world.audit()).counts.claims).toBe(0);
});

test('finalize and close of one booking at the same moment end in tickets, never in both', async () => {
  await using world = await saleWorld();
  const { booking, intentId, close } = await overdue(world);
  world.gateway.pay(intentId);
  await receiveWebhook(
    world.deps,
    world.gateway.delivery(world.gateway.intents.get(intentId) ?? world.gateway.process(intentId)),
  );
  await Promise.all([closeBooking(world.deps, close), runJobs(world, { only: ['booking.finalize'] })]);
  await runJobs(world);
  expect(await statusOf(world, booking.id)).toBe('confirmed');
  expect((await world.audit()).findings).toEqual([]);
});

test('a payment stuck in processing keeps its claims, however often the end is tried', async () => {
  await using world = await saleWorld();
  const { booking, intentId, close } = await overdue(world);
  world.gateway.process(intentId);
  for (let n = 0; n < 3; n += 1)
    expect(await closeBooking(world.deps, close)).toMatchObject({ result: 'retry', retryAfterMs: 60_000 });
  expect(await statusOf(world, booking.id)).toBe('closing');
  expect((await world.audit()).counts.claims).toBe(1);
  expect(world.gateway.calls).not.toContain('cancelIntent');
  world.gateway.pay(intentId);
  await closeBooking(world.deps, close);
  await runJobs(world);
  expect(await statusOf(world, booking.id)).toBe('confirmed');
});

test('twin: taking "processing" for "not paid" frees a seat whose money is on its way', async () => {
  await using world = await saleWorld();
  const { booking, intentId, close } = await overdue(world);
  world.gateway.process(intentId);
  const gateway: SaleDeps['gateway'] = {
    ...world.gateway,
    getIntent: async (id) => {
      const asked = await world.gateway.getIntent(id);
      return asked.outcome === 'ok'
        ? { outcome: 'ok', value: { ...asked.value, status: 'cancelled' } }
        : asked;
    },
  };
  await closeBooking({ ...world.deps, gateway }, close);
  expect(await statusOf(world, booking.id)).toBe('expired');
  expect(world.gateway.intents.get(intentId)?.status).toBe('processing');
});

test('a provider that does not answer keeps the claims', async () => {
  await using world = await saleWorld();
  const { booking, close } = await overdue(world);
  for (const [call, fate] of [
    ['getIntent', 'unreached'],
    ['getIntent', 'limited'],
    ['cancelIntent', 'unreached'],
    ['cancelIntent', 'lost'],
  ] as const) {
    world.gateway.fate(call, fate);
    expect(await closeBooking(world.deps, close)).toMatchObject({ result: 'retry' });
    expect((await world.audit()).counts.claims).toBe(1);
  }
  // The last cancel was done, only its answer was lost.
  expect(await closeBooking(world.deps, close)).toEqual({ result: 'done' });
  expect(await statusOf(world, booking.id)).toBe('expired');
});

test('an organizer can free a stuck booking by force, only of their own organization', async () => {
  await using world = await saleWorld();
  const { booking, intentId, close } = await overdue(world);
  world.gateway.process(intentId);
  await closeBooking(world.deps, close);
  await expect(
    forceRelease(world.deps, { organizationId: newId('org'), bookingId: booking.id }),
  ).rejects.toMatchObject({ code: 'thing.not_found' });
  await forceRelease(world.deps, { organizationId: booking.organizationId, bookingId: booking.id });
  await runJobs(world);
  expect(await statusOf(world, booking.id)).toBe('expired');
  expect((await world.audit()).counts.claims).toBe(0);
  await expect(
    forceRelease(world.deps, { organizationId: booking.organizationId, bookingId: booking.id }),
  ).rejects.toMatchObject({ code: 'booking.bad_move' });
});

test('a buyer gives a pending booking up whole; a confirmed one cannot be given up so', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0), world.inventory.seat(1)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  const who = { userId: booking.userId, bookingId: booking.id };
  await expect(cancelPendingBooking(world.deps, { ...who, userId: newId('usr') })).rejects.toMatchObject({
    code: 'thing.not_found',
  });
  await cancelPendingBooking(world.deps, who);
  await cancelPendingBooking(world.deps, who);
  await runJobs(world);
  expect(await statusOf(world, booking.id)).toBe('cancelled');
  const { findings, counts } = await world.audit();
  expect(findings).toEqual([]);
  expect(counts.claims).toBe(0);
  await expect(cancelPendingBooking(world.deps, who)).rejects.toMatchObject({ code: 'booking.bad_move' });
});

test('an intent cancelled by hand at the provider ends the booking at once', async () => {
  await using world = await saleWorld();
  const hold = await world.hold([world.inventory.seat(0)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  const [intentId = ''] = world.gateway.intents.keys();
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.cancelByHand(intentId)));
  await runJobs(world, { only: ['payment.process_webhook', 'booking.close'] });
  expect(await statusOf(world, booking.id)).toBe('cancelled');
  expect((await world.audit()).findings).toEqual([]);
});
