import { freePort } from '@eventhorizon/devstack/process/free-port';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { SANDBOX_KEYS } from '@eventhorizon/sandbox/options';
import { startSandbox } from '@eventhorizon/sandbox/start-sandbox';
import { describe, expect, it } from 'vitest';
import { newHoldId } from './testing/new-hold-id.ts';
import { openSale } from './testing/open-sale.ts';
import { testApi } from './testing/test-api.ts';
import { signUp, testClient } from './testing/test-client.ts';

const buyer = { name: 'Bea Buyer', email: 'bea@example.org' };

const stackWithSandbox = async () => {
  const port = await freePort();
  const sandbox = await startSandbox({ webhookUrl: `http://127.0.0.1:${port}/webhooks/stripe` });
  const api = await testApi({
    port,
    env: {
      STRIPE_API_BASE: sandbox.url,
      STRIPE_SECRET_KEY: SANDBOX_KEYS.stripeSecretKey,
      STRIPE_WEBHOOK_SECRET: SANDBOX_KEYS.stripeWebhookSecret,
    },
  });
  return {
    api,
    sandbox,
    [Symbol.asyncDispose]: async () => {
      await api[Symbol.asyncDispose]();
      await sandbox[Symbol.asyncDispose]();
    },
  };
};

describe('selling over HTTP', () => {
  it('a published event is held by a visitor, adopted, checked out and paid, and the webhook is stored and acknowledged', async () => {
    await using stack = await stackWithSandbox();
    const { api, sandbox } = stack;
    const sale = await openSale((await signUp(api.url, 'olga-organizer')).api);
    const { eventId } = sale;

    const { visitorToken } = await testClient(api.url).visitors.create.mutate();
    const visitor = testClient(api.url, { 'x-visitor': visitorToken });
    const holdId = newHoldId();
    const held = await visitor.holds.place.mutate({
      eventId,
      holdId,
      selections: [
        { kind: 'best', priceCategory: 'Front', quantity: 2 },
        { kind: 'places', areaId: sale.areaId, quantity: 1 },
      ],
    });
    expect(held.units).toHaveLength(3);

    const bea = await signUp(api.url, 'bea-buyer');
    const beaWhoVisited = testClient(api.url, {
      authorization: `Bearer ${bea.accessToken}`,
      'x-visitor': visitorToken,
    });
    await beaWhoVisited.holds.adopt.mutate({ eventId, holdId });
    const { booking, payment } = await bea.api.bookings.checkout.mutate({
      eventId,
      holdId,
      buyer,
      lines: held.units.map(({ unitId }) => ({ unitId, ticketTypeId: sale.adult })),
    });
    expect(booking).toMatchObject({ status: 'pending', total: { amount: 12_000, currency: 'EUR' } });
    if (payment.state !== 'ready') throw new Error(`the payment is ${payment.state}`);

    const intentId = payment.clientSecret.split('_secret_')[0] ?? '';
    const confirmed = await fetch(`${sandbox.url}/v1/payment_intents/${intentId}/confirm`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${SANDBOX_KEYS.stripePublishableKey}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ client_secret: payment.clientSecret, payment_method: 'pm_card_visa' }),
    });
    expect(confirmed.status).toBe(200);
    const rows = api.database.db.collection('outbox');
    await waitUntil(() => rows.findOne({ job: 'booking.finalize' }), {
      what: 'the row of the webhook',
      timeoutMs: 10_000,
    });
    expect(await rows.findOne({ job: 'booking.finalize' })).toMatchObject({
      payload: { bookingId: booking.id, money: { intentId, amount: 12_000, currency: 'EUR' } },
    });

    const front = await waitUntil(
      async () => {
        const { pools } = await testClient(api.url).availability.get.query({ eventId });
        return pools.find(({ key, taken }) => key === 'Front' && taken === 2) ?? null;
      },
      { what: 'availability, which may be 250 ms old', timeoutMs: 5_000 },
    );
    expect(front).toMatchObject({ free: 8, held: 0 });
  });

  it('a free booking needs no payment', async () => {
    await using api = await testApi();
    const sale = await openSale((await signUp(api.url, 'olga')).api);
    const bea = await signUp(api.url, 'bea');
    const holdId = newHoldId();
    const { eventId } = sale;
    const held = await bea.api.holds.place.mutate({
      eventId,
      holdId,
      selections: [{ kind: 'places', areaId: sale.areaId, quantity: 1 }],
    });
    const { booking, payment } = await bea.api.bookings.checkout.mutate({
      eventId,
      holdId,
      buyer,
      lines: held.units.map(({ unitId }) => ({ unitId, ticketTypeId: sale.child })),
    });
    expect(payment).toEqual({ state: 'free' });
    expect(booking.total.amount).toBe(0);
  });
});
