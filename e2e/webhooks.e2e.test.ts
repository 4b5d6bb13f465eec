import { openSale } from '@eventhorizon/actors/open-sale';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { expectCleanAudit } from './src/expect-clean-audit.ts';
import { newShopper } from './src/shopper.ts';
import { smallHall } from './src/small-hall.ts';
import { testStack } from './src/test-stack.ts';
import { untilMailed } from './src/until-mailed.ts';

const hall = { seatMap: smallHall, standing: 0, prices: { Stalls: 2500 } };
const one = { kind: 'best', priceCategory: 'Stalls', quantity: 1 } as const;

describe('webhooks as they come in life', async () => {
  const stack = await testStack();
  afterAll(() => stack[Symbol.asyncDispose]());
  afterEach(() => stack.sandbox.call('PATCH', '/webhooks', { copies: 1, reorderWindowMs: 0, dropRate: 0 }));

  test('delivered five times, newest first, they confirm once and mail once', async () => {
    await stack.sandbox.call('PATCH', '/webhooks', { copies: 5, reorderWindowMs: 500 });
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const checkedOut = await shopper.checkOut(sale, await shopper.hold(sale, one));
    await shopper.pay(checkedOut, 'declined');
    await shopper.pay(checkedOut);
    await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
    await stack.sandbox.call('GET', '/webhooks/idle');
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ captured: 1, validTickets: 1 });
    expect(await untilMailed(stack, shopper.email, 1)).toHaveLength(1);
  });

  test('lost for good, the buyer’s return page finds the money and confirms', async () => {
    await stack.sandbox.call('PATCH', '/webhooks', { dropRate: 1 });
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const checkedOut = await shopper.checkOut(sale, await shopper.hold(sale, one));
    await shopper.pay(checkedOut);
    expect(await shopper.status(checkedOut.booking.id)).toBe('pending');
    const progress = await shopper.client.api.payments.sync.mutate({ bookingId: checkedOut.booking.id });
    expect(progress.payment).toBe('paid');
    await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
    await expectCleanAudit(stack, sale);
  });

  test('lost for good, a buyer who cancels after paying keeps the tickets: the cancel is answered "succeeded"', async () => {
    await stack.sandbox.call('PATCH', '/webhooks', { dropRate: 1 });
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const checkedOut = await shopper.checkOut(sale, await shopper.hold(sale, one));
    await shopper.pay(checkedOut);
    await shopper.client.api.bookings.cancelPending.mutate({ bookingId: checkedOut.booking.id });
    await shopper.untilStatus(checkedOut.booking.id, 'confirmed');
    expect(await expectCleanAudit(stack, sale)).toMatchObject({ captured: 1, validTickets: 1 });
  });

  test('forged, they are refused, and the booking they speak of stays unpaid', async () => {
    const sale = await openSale(stack.url, hall);
    const shopper = await newShopper(stack);
    const { booking } = await shopper.checkOut(sale, await shopper.hold(sale, one));
    const [intent] = await stack.sandbox.intents();
    const body = {
      id: 'evt_1',
      type: 'payment_intent.succeeded',
      data: { object: { ...intent, status: 'succeeded' } },
    };
    const answer = await fetch(`${stack.url}/webhooks/stripe`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=00' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(400);
    const progress = await shopper.client.api.payments.sync.mutate({ bookingId: booking.id });
    expect(progress).toMatchObject({ booking: 'pending', payment: 'open' });
  });
});
