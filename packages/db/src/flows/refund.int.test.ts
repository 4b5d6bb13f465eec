import { checkout } from '@eventhorizon/core/flows/checkout';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { sendRefund } from '@eventhorizon/core/flows/send-refund';
import type { Payment } from '@eventhorizon/core/payments/payment';
import { HOUR_MS } from '@eventhorizon/core/shared/clock';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { runs } from '@eventhorizon/devstack/runs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { barrier } from '../mongo/testing/barrier.ts';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** A captured payment of 50.00. */
const captured = async (world: SaleWorld, seat = 0): Promise<Payment> => {
  const hold = await world.hold([world.inventory.seat(seat)]);
  const { booking } = await checkout(world.deps, world.command(hold));
  const intent = [...world.gateway.intents.values()].find(({ bookingId }) => bookingId === booking.id);
  await receiveWebhook(world.deps, world.gateway.delivery(world.gateway.pay(intent?.id ?? '')));
  await runJobs(world);
  return paymentOf(world, booking.paymentId ?? newId('pay'));
};

const paymentOf = async (world: SaleWorld, id: Payment['id']): Promise<Payment> => {
  const payment = await world.deps.payments.find(id);
  if (payment === null) throw new Error('no payment');
  return payment;
};

const ask = (world: SaleWorld, { id, organizationId }: Payment, amount: number, deps = world.deps) =>
  requestRefund(deps, { organizationId, refundId: newId('rfd'), paymentId: id, amount });

const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDomainError(error, 'busy.try_again')) throw error;
    }
  }
};

test('refunds asked for at once never exceed what was captured, whatever their amounts', async () => {
  const numRuns = runs(8);
  // A seat each, and some for the shrinking of a counterexample.
  await using world = await saleWorld({}, { seats: numRuns + 200, places: 0 });
  let seat = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 2, maxLength: 6 }),
      async (amounts) => {
        const payment = await captured(world, seat);
        seat += 1;
        const results = await Promise.allSettled(
          amounts.map((amount) => patiently(() => ask(world, payment, amount))),
        );
        const granted = amounts.filter((_, n) => results[n]?.status === 'fulfilled');
        const sum = granted.reduce((a, b) => a + b, 0);
        expect(sum).toBeLessThanOrEqual(5_000);
        expect((await paymentOf(world, payment.id)).refundReserved).toBe(sum);
        // Nothing is refused that still fits.
        for (const [n, amount] of amounts.entries())
          if (results[n]?.status === 'rejected') expect(sum + amount).toBeGreaterThan(5_000);
      },
    ),
    { numRuns },
  );
  expect((await world.audit()).findings).toEqual([]);
});

/** Two refunds of 30.00 of the same 50.00, both decided before either is written. */
const twoAtOnce = async (world: SaleWorld, deps: SaleDeps) => {
  const payment = await captured(world);
  return Promise.allSettled([1, 2].map(() => patiently(() => ask(world, payment, 3_000, deps))));
};

test('of two refunds at once that do not both fit, one is refused', async () => {
  await using world = await saleWorld();
  const results = await twoAtOnce(world, world.deps);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'refund.exceeds_captured', details: { refundable: 2_000 } },
  });
});

test('twin: checking a sum over the refunds instead lets both through', async () => {
  await using world = await saleWorld();
  const bothHaveSummed = barrier(2);
  const payments: SaleDeps['payments'] = {
    ...world.deps.payments,
    reserveRefund: async (_tx, paymentId, amount) => {
      const payment = await paymentOf(world, paymentId);
      const sum = (await world.deps.refunds.listOfBooking(payment.bookingId))
        .map((refund) => refund.amount.amount)
        .reduce((a, b) => a + b, 0);
      await bothHaveSummed();
      return sum + amount <= payment.captured;
    },
  };
  const results = await twoAtOnce(world, { ...world.deps, payments });
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect((await world.audit()).findings.map(({ kind }) => kind)).toContain('refunds_disagree');
});

test('another organization, nothing, less than nothing and half a cent are refused', async () => {
  await using world = await saleWorld();
  const payment = await captured(world);
  await expect(ask(world, { ...payment, organizationId: newId('org') }, 100)).rejects.toMatchObject({
    code: 'thing.not_found',
  });
  for (const amount of [0, -1, 0.5, Number.NaN, 5_001])
    await expect(ask(world, payment, amount)).rejects.toMatchObject({ code: 'refund.exceeds_captured' });
  expect((await paymentOf(world, payment.id)).refundReserved).toBe(0);
});

test('a refund is sent once, settles, and its buyer is told once, however its webhooks come', async () => {
  await using world = await saleWorld();
  const payment = await captured(world);
  world.gateway.slowRefunds(true);
  const refund = await ask(world, payment, 2_000);
  await runJobs(world);
  expect(await world.deps.refunds.find(refund.id)).toMatchObject({ status: 'in_transit' });
  const [providerId = ''] = world.gateway.refunds.keys();
  const pending = world.gateway.delivery(world.gateway.moveRefund(providerId, 'pending'));
  const settled = world.gateway.delivery(world.gateway.moveRefund(providerId, 'succeeded'));
  // The older one last: a refund that is pending is not failed, and one that is settled stays so.
  for (const delivery of [settled, settled, pending]) await receiveWebhook(world.deps, delivery);
  await runJobs(world);
  expect(await world.deps.refunds.find(refund.id)).toMatchObject({ status: 'settled' });
  expect(world.gateway.calls.filter((call) => call === 'refund')).toHaveLength(1);
  const told = await world.mongo.db
    .collection('notifications')
    .countDocuments({ 'notice.kind': 'refund_sent' });
  expect(told).toBe(1);
  expect((await world.audit()).findings).toEqual([]);
});

test('a refund that fails, even after it had settled, frees its amount and is shown to a person', async () => {
  await using world = await saleWorld();
  const payment = await captured(world);
  const refund = await ask(world, payment, 5_000);
  await runJobs(world);
  expect(await world.deps.refunds.find(refund.id)).toMatchObject({ status: 'settled' });
  await expect(ask(world, payment, 1)).rejects.toMatchObject({ code: 'refund.exceeds_captured' });
  const [providerId = ''] = world.gateway.refunds.keys();
  const failed = world.gateway.delivery(world.gateway.moveRefund(providerId, 'failed'));
  await receiveWebhook(world.deps, failed);
  await runJobs(world);
  expect((await paymentOf(world, payment.id)).refundReserved).toBe(0);
  expect(await world.deps.incidents.findOpen(payment.bookingId)).toEqual([
    expect.objectContaining({ kind: 'refund_failed' }),
  ]);
  await ask(world, payment, 5_000);
  expect((await world.audit()).findings).toEqual([]);
});

test('a refund whose end no webhook tells is found ended by looking after it', async () => {
  await using world = await saleWorld();
  const payment = await captured(world);
  world.gateway.slowRefunds(true);
  const refund = await ask(world, payment, 1_000);
  await runJobs(world, { only: ['refund.send'] });
  expect(await world.deps.refunds.find(refund.id)).toMatchObject({ status: 'in_transit' });
  const [atProvider] = world.gateway.refunds.keys();
  world.gateway.moveRefund(atProvider ?? '', 'failed');
  expect(await runJobs(world, { only: ['refund.send'] })).toEqual([]);
  expect(await world.deps.refunds.find(refund.id)).toMatchObject({ status: 'failed' });
  expect(await world.deps.payments.find(payment.id)).toMatchObject({ refundReserved: 0 });
});

test('a refund that the provider rejects for good frees its amount', async () => {
  await using world = await saleWorld();
  const payment = await captured(world);
  world.gateway.fate('refund', 'rejected');
  const refund = await ask(world, payment, 5_000);
  await runJobs(world);
  expect(await world.deps.refunds.find(refund.id)).toMatchObject({ status: 'failed' });
  expect((await paymentOf(world, payment.id)).refundReserved).toBe(0);
});

/** The refund was done, its answer was lost, nobody came for 20 hours, and the provider has forgotten the key. */
const unknownForTooLong = async (world: SaleWorld, deps: SaleDeps) => {
  const payment = await captured(world);
  const refund = await ask(world, payment, 2_000);
  world.gateway.fate('refund', 'lost');
  expect(await sendRefund(deps, { refundId: refund.id })).toMatchObject({ result: 'retry' });
  world.clock.forward(21 * HOUR_MS);
  world.gateway.forgetKeys();
  expect(await sendRefund(deps, { refundId: refund.id })).toEqual({ result: 'done' });
  return refund;
};

test('a refund whose outcome was unknown for 20 hours is looked for before it is sent again', async () => {
  await using world = await saleWorld();
  const refund = await unknownForTooLong(world, world.deps);
  expect(world.gateway.refunds.size).toBe(1);
  expect(await world.deps.refunds.find(refund.id)).toMatchObject({ status: 'settled' });
});

test('twin: trusting the key for ever sends the money twice', async () => {
  await using world = await saleWorld();
  const refunds: SaleDeps['refunds'] = {
    ...world.deps.refunds,
    find: async (id, tx) => {
      const refund = await world.deps.refunds.find(id, tx);
      return refund === null ? null : { ...refund, sentAt: null };
    },
  };
  await unknownForTooLong(world, { ...world.deps, refunds });
  expect(world.gateway.refunds.size).toBe(2);
});

test('a refund that never reached the provider is sent again, also after 20 hours', async () => {
  await using world = await saleWorld();
  const payment = await captured(world);
  const refund = await ask(world, payment, 2_000);
  world.gateway.fate('refund', 'unreached');
  await sendRefund(world.deps, { refundId: refund.id });
  world.clock.forward(21 * HOUR_MS);
  await sendRefund(world.deps, { refundId: refund.id });
  expect(world.gateway.refunds.size).toBe(1);
  expect(await world.deps.refunds.find(refund.id)).toMatchObject({ status: 'settled' });
});
