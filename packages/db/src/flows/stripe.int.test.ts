import { checkout } from '@eventhorizon/core/flows/checkout';
import { closeBooking } from '@eventhorizon/core/flows/close-booking';
import { forceRelease } from '@eventhorizon/core/flows/force-release';
import { receiveWebhook } from '@eventhorizon/core/flows/receive-webhook';
import { resumePayment } from '@eventhorizon/core/flows/resume-payment';
import type { SaleDeps } from '@eventhorizon/core/flows/sale-deps';
import { HOUR_MS } from '@eventhorizon/core/shared/clock';
import { type GatewaySandbox, gatewaySandbox } from '@eventhorizon/providers/testing/gateway-sandbox';
import { type WebhookReceiver, webhookReceiver } from '@eventhorizon/sandbox/testing/webhook-receiver';
import { expect, test } from 'vitest';
import { newId } from '../testing/new-id.ts';
import { runJobs } from '../testing/run-jobs.ts';
import { type SaleWorld, saleWorld } from '../testing/sale-world.ts';

/** The sale over HTTP: the Stripe SDK, the sandbox, its signed webhooks. */
const overHttp = async (world: SaleWorld, stripe: GatewaySandbox, receiver: WebhookReceiver) => {
  const deps: SaleDeps = { ...world.deps, gateway: stripe.gateway };
  stripe.control.webhooks.change({ url: receiver.url });
  let read = 0;
  return {
    deps,
    checkOut: async (seat: number, using: SaleDeps = deps) => {
      const hold = await world.hold([world.inventory.seat(seat)]);
      return checkout(using, world.command(hold));
    },
    /** Everything that was delivered since, `times` over. */
    takeWebhooks: async (times = 1) => {
      await stripe.control.webhooks.idle();
      const fresh = receiver.received.slice(read);
      read = receiver.received.length;
      for (let n = 0; n < times; n += 1)
        for (const { body, signature } of fresh) await receiveWebhook(deps, { rawBody: body, signature });
      return fresh.map(({ event }) => event.type);
    },
    run: () => runJobs(world, { deps }),
    intentId: () => stripe.control.intents().at(-1)?.id ?? '',
  };
};

test('a card is declined, another pays, every webhook comes five times: one confirmed booking', async () => {
  await using world = await saleWorld();
  await using stripe = await gatewaySandbox();
  await using receiver = await webhookReceiver();
  const sale = await overHttp(world, stripe, receiver);
  const { booking, payment } = await sale.checkOut(0);
  expect(payment).toMatchObject({ state: 'ready', clientSecret: expect.stringContaining('_secret_') });
  stripe.control.pay(sale.intentId(), 'pm_card_chargeDeclined');
  stripe.control.pay(sale.intentId(), 'pm_card_visa');
  expect(await sale.takeWebhooks(5)).toEqual(['payment_intent.payment_failed', 'payment_intent.succeeded']);
  await sale.run();
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
  expect((await world.deps.payments.findByIntent(sale.intentId()))?.lastDecline).toMatchObject({
    code: 'generic_decline',
  });
  expect((await world.audit()).findings).toEqual([]);
});

test('an intent whose creation timed out is found by its key when the booking ends, and cancelled', async () => {
  await using world = await saleWorld();
  await using stripe = await gatewaySandbox();
  await using receiver = await webhookReceiver();
  const sale = await overHttp(world, stripe, receiver);
  stripe.control.fail({ calls: 'stripe.payment_intents.create', mode: 'timeout_after', next: 1 });
  const { booking, payment } = await sale.checkOut(0, { ...sale.deps, gateway: stripe.impatient });
  expect(payment.state).toBe('preparing');
  world.clock.forward(2 * HOUR_MS);
  expect(await closeBooking(sale.deps, { bookingId: booking.id, reason: 'unpaid' })).toEqual({
    result: 'done',
  });
  expect(stripe.control.intents().map(({ status }) => status)).toEqual(['canceled']);
  expect((await world.audit()).counts).toMatchObject({ claims: 0 });
  await sale.takeWebhooks();
  await sale.run();
  expect((await world.audit()).findings).toEqual([]);
});

test('an attempt under whose key Stripe keeps a 500 is given up for the next one, and the buyer can pay', async () => {
  await using world = await saleWorld();
  await using stripe = await gatewaySandbox();
  await using receiver = await webhookReceiver();
  const sale = await overHttp(world, stripe, receiver);
  stripe.control.fail({ calls: 'stripe.payment_intents.create', mode: 'error_after', next: 1 });
  const { booking, payment } = await sale.checkOut(0);
  expect(payment.state).toBe('preparing');
  const who = { userId: booking.userId, bookingId: booking.id };
  const states: string[] = [];
  for (let n = 0; n < 3; n += 1) states.push((await resumePayment(sale.deps, who)).state);
  expect(states.at(-1)).toBe('ready');
  stripe.control.pay((await world.deps.payments.find(booking.paymentId ?? newId('pay')))?.intentId ?? '');
  await sale.takeWebhooks();
  await sale.run();
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
});

test('money that comes while the booking closes: Stripe refuses the cancel, and tickets follow', async () => {
  await using world = await saleWorld();
  await using stripe = await gatewaySandbox();
  await using receiver = await webhookReceiver();
  const sale = await overHttp(world, stripe, receiver);
  const { booking } = await sale.checkOut(0);
  world.clock.forward(HOUR_MS);
  const gateway: SaleDeps['gateway'] = {
    ...stripe.gateway,
    cancelIntent: async (id) => {
      stripe.control.pay(id);
      return stripe.gateway.cancelIntent(id);
    },
  };
  await closeBooking({ ...sale.deps, gateway }, { bookingId: booking.id, reason: 'unpaid' });
  expect((await world.audit()).counts.claims).toBe(1);
  await sale.run();
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ status: 'confirmed' });
  expect((await world.audit()).findings).toEqual([]);
});

test('a bank debit in processing keeps its seat; freed by force, its late money comes back by a refund', async () => {
  await using world = await saleWorld({}, { seats: 1, places: 0 });
  await using stripe = await gatewaySandbox({ settleDelayMs: HOUR_MS });
  await using receiver = await webhookReceiver();
  const sale = await overHttp(world, stripe, receiver);
  const { booking } = await sale.checkOut(0);
  const intentId = sale.intentId();
  stripe.control.pay(intentId, 'pm_usBankAccount_processing');
  world.clock.forward(HOUR_MS);
  expect(await closeBooking(sale.deps, { bookingId: booking.id, reason: 'unpaid' })).toMatchObject({
    result: 'retry',
  });
  await forceRelease(sale.deps, { organizationId: booking.organizationId, bookingId: booking.id });
  await sale.run();
  await sale.checkOut(0);
  stripe.control.settle(intentId, 'succeeded');
  await sale.takeWebhooks();
  await sale.run();
  expect(await world.deps.bookings.find(booking.id)).toMatchObject({ lateMoney: 'refunded' });
  const refundOf = async () => (await world.deps.refunds.listOfBooking(booking.id)).at(0);
  // Banks take their time: pending is not failed, and not settled.
  expect(await refundOf()).toMatchObject({ status: 'in_transit', amount: booking.total });
  stripe.control.settleRefund((await refundOf())?.providerId ?? '', 'succeeded');
  await sale.takeWebhooks();
  await sale.run();
  expect(await refundOf()).toMatchObject({ status: 'settled', reason: 'late_money' });
  expect(stripe.control.refunds()).toHaveLength(1);
  expect((await world.audit()).findings).toEqual([]);
});
