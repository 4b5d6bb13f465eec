import { MINUTE_MS } from '@eventhorizon/core/shared/clock';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { money } from '@eventhorizon/core/shared/money';
import { SANDBOX_KEYS } from '@eventhorizon/sandbox/options';
import { webhookReceiver } from '@eventhorizon/sandbox/testing/webhook-receiver';
import { stripeSignature } from '@eventhorizon/sandbox/webhooks/signature';
import { describe, expect, it } from 'vitest';
import { BOOKING, gatewaySandbox, ORDER, okValue, REFUND } from '../testing/gateway-sandbox.ts';

/** What the endpoint got when an intent was paid and partly refunded, in the order it happened. */
const delivered = async (aheadMs = 0) => {
  const receiver = await webhookReceiver();
  const sandbox = await gatewaySandbox({ webhookUrl: receiver.url }, aheadMs);
  sandbox.control.webhooks.hold();
  const { id } = okValue(await sandbox.gateway.createIntent(ORDER));
  sandbox.control.pay(id, 'pm_card_chargeDeclined');
  sandbox.control.pay(id);
  okValue(await sandbox.gateway.refund({ refundId: REFUND, intentId: id, amount: money(1_200, 'EUR') }));
  await sandbox.control.webhooks.release('as_made');
  return {
    id,
    gateway: sandbox.gateway,
    received: receiver.received,
    [Symbol.asyncDispose]: async () => {
      await sandbox[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    },
  };
};

const refusal = async (reading: Promise<unknown>) => {
  const error: unknown = await reading.catch((thrown: unknown) => thrown);
  return isDomainError(error) ? error.code : error;
};

describe('reading webhooks', () => {
  it('reads what happened to an intent and to a refund', async () => {
    await using all = await delivered();
    const events = await Promise.all(
      all.received.map(({ body, signature }) => all.gateway.readWebhook(body, signature)),
    );
    const [declined, paid, refunded] = events;
    expect(declined).toMatchObject({
      type: 'payment_intent.payment_failed',
      about: 'intent',
      intent: { id: all.id, status: 'open', paidAt: null, lastDecline: { code: 'generic_decline' } },
    });
    expect(paid).toMatchObject({
      id: all.received[1]?.event.id,
      type: 'payment_intent.succeeded',
      about: 'intent',
      intent: {
        id: all.id,
        bookingId: BOOKING,
        status: 'succeeded',
        received: 4_200,
        due: ORDER.due,
        paidAt: paid?.createdAt,
      },
    });
    expect(refunded).toMatchObject({
      type: 'refund.created',
      about: 'refund',
      refund: { intentId: all.id, refundId: REFUND, status: 'succeeded', amount: money(1_200, 'EUR') },
    });
  });

  it('a body changed by a single character is refused', async () => {
    await using all = await delivered();
    const [{ body, signature }] = all.received as [(typeof all.received)[number]];
    const changed = body.replace('4200', '4201');
    expect(changed).not.toBe(body);
    expect(await refusal(all.gateway.readWebhook(changed, signature))).toBe('webhook.bad_signature');
  });

  it('a signature made with another secret, none at all, or nonsense is refused', async () => {
    await using all = await delivered();
    const [{ body }] = all.received as [(typeof all.received)[number]];
    const now = Math.floor(Date.now() / 1_000);
    for (const signature of [stripeSignature(body, 'whsec_other', now), '', 'nonsense', 't=,v1='])
      expect(await refusal(all.gateway.readWebhook(body, signature))).toBe('webhook.bad_signature');
  });

  it('a signature of more than five minutes ago is refused: it could be a replay', async () => {
    await using all = await delivered(6 * MINUTE_MS);
    const [{ body, signature }] = all.received as [(typeof all.received)[number]];
    expect(await refusal(all.gateway.readWebhook(body, signature))).toBe('webhook.bad_signature');
  });

  it('a signature of four minutes ago is taken', async () => {
    await using all = await delivered(4 * MINUTE_MS);
    const [{ body, signature }] = all.received as [(typeof all.received)[number]];
    expect((await all.gateway.readWebhook(body, signature)).about).toBe('intent');
  });

  it('an event of a type or an API version that is not known here is verified and read as `other`', async () => {
    await using all = await delivered();
    const event = {
      id: 'evt_1',
      object: 'event',
      type: 'charge.refunded',
      api_version: '2019-01-01',
      created: 1_800_000_000,
    };
    const body = JSON.stringify({ ...event, data: { object: { object: 'charge' } } });
    const signature = stripeSignature(body, SANDBOX_KEYS.stripeWebhookSecret, Math.floor(Date.now() / 1_000));
    expect(await all.gateway.readWebhook(body, signature)).toEqual({
      id: 'evt_1',
      type: 'charge.refunded',
      createdAt: new Date(1_800_000_000_000),
      about: 'other',
    });
  });
});
