import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../options.ts';
import { type StripeSandbox, stripeSandbox, TEN_EUROS } from '../testing/stripe-sandbox.ts';
import { type WebhookReceiver, webhookReceiver } from '../testing/webhook-receiver.ts';

const verified = async (receiver: WebhookReceiver, secret: string) =>
  Promise.all(
    receiver.received.map(({ body, signature }) =>
      new Stripe('sk_test_x').webhooks.constructEventAsync(body, signature, secret),
    ),
  );

const connected = (
  receiver: WebhookReceiver,
  options: Partial<SandboxOptions> = {},
): Promise<StripeSandbox> =>
  stripeSandbox({ webhookUrl: receiver.url, webhookRetryDelaysMs: [1, 1, 1], ...options });

const paid = async ({ stripe, control }: StripeSandbox, method?: string): Promise<string> => {
  const { id } = await stripe.paymentIntents.create(TEN_EUROS);
  control.pay(id, method);
  return id;
};

const types = (receiver: WebhookReceiver) => receiver.received.map(({ event }) => event.type);

describe('webhooks', () => {
  it('are signed so that the SDK verifies them, and carry the intent as it was', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver);
    const id = await paid(sandbox);
    await sandbox.control.webhooks.idle();
    const [event] = await verified(receiver, 'whsec_sandbox');
    expect(event).toMatchObject({
      type: 'payment_intent.succeeded',
      livemode: false,
      data: { object: { id, status: 'succeeded' } },
    });
  });

  it('do not verify with another secret', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver);
    await paid(sandbox);
    await sandbox.control.webhooks.idle();
    await expect(verified(receiver, 'whsec_other')).rejects.toBeInstanceOf(
      Stripe.errors.StripeSignatureVerificationError,
    );
  });

  it('are tried again until the endpoint answers 2xx, under the same event id', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver);
    receiver.answerNext(500, 0, 302);
    await paid(sandbox);
    await sandbox.control.webhooks.idle();
    const [delivery] = sandbox.control.deliveries();
    expect(delivery).toMatchObject({ status: 'delivered' });
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, null, 302, 200]);
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
    await verified(receiver, 'whsec_sandbox');
  });

  it('are given up when the endpoint never answers 2xx, and can be sent again by hand', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver);
    receiver.answerNext(500, 500, 500, 500);
    await paid(sandbox);
    await sandbox.control.webhooks.idle();
    expect(sandbox.control.deliveries()[0]).toMatchObject({ status: 'failed', attempts: { length: 4 } });
    const id = receiver.received[0]?.event.id ?? '';
    expect(await sandbox.control.webhooks.resend(id)).toBe(true);
    expect(sandbox.control.deliveries()[0]).toMatchObject({ status: 'delivered', event: { id } });
  });

  it('come several times when asked to, each copy with the same event id', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver);
    sandbox.control.webhooks.change({ copies: 5 });
    await paid(sandbox);
    await sandbox.control.webhooks.idle();
    expect(receiver.received).toHaveLength(5);
    expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1);
  });

  it('that are dropped never come, and later ones do', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver);
    sandbox.control.webhooks.change({ dropNext: 1 });
    const lost = await paid(sandbox);
    const told = await paid(sandbox);
    await sandbox.control.webhooks.idle();
    expect(receiver.received.map(({ event }) => event.data.object)).toMatchObject([{ id: told }]);
    expect(
      sandbox.control.deliveries().find(({ status }) => status === 'dropped')?.event.data.object,
    ).toMatchObject({ id: lost });
  });

  it('that are held come in the order they are released in', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver);
    sandbox.control.webhooks.hold();
    const id = await paid(sandbox, 'pm_card_chargeDeclined');
    sandbox.control.pay(id);
    await sandbox.stripe.refunds.create({ payment_intent: id });
    expect(receiver.received).toHaveLength(0);
    await sandbox.control.webhooks.release('newest_first');
    expect(types(receiver)).toEqual([
      'refund.created',
      'payment_intent.succeeded',
      'payment_intent.payment_failed',
    ]);
  });

  it('that are not held come in the order they were made when released so', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver);
    sandbox.control.webhooks.hold();
    const id = await paid(sandbox, 'pm_usBankAccount_processing');
    sandbox.control.settle(id, 'succeeded');
    await sandbox.control.webhooks.release('as_made');
    expect(types(receiver)).toEqual(['payment_intent.processing', 'payment_intent.succeeded']);
  });

  it('are gathered and sent newest first within a reorder window', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver);
    const made = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    sandbox.control.webhooks.change({ reorderWindowMs: 20 });
    sandbox.control.pay(made.id, 'pm_card_chargeDeclined');
    sandbox.control.pay(made.id);
    await sandbox.control.webhooks.idle();
    const order = sandbox.control.deliveries().map(({ event, attempts }) => [event.type, attempts.length]);
    expect(order).toEqual([
      ['payment_intent.succeeded', 1],
      ['payment_intent.payment_failed', 1],
    ]);
  });

  it('that are delayed are not there before, and come', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver);
    sandbox.control.webhooks.change({ delayMs: 30 });
    await paid(sandbox);
    expect(receiver.received).toHaveLength(0);
    expect(sandbox.control.deliveries()[0]?.status).toBe('waiting');
    await sandbox.control.webhooks.idle();
    expect(receiver.received).toHaveLength(1);
  });

  it('are sent only of the types that the endpoint subscribed to', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver, { webhookEvents: ['payment_intent.created'] });
    await paid(sandbox);
    await sandbox.control.webhooks.idle();
    expect(types(receiver)).toEqual(['payment_intent.created']);
  });

  it('tell how a refund goes on', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await connected(receiver);
    const id = await paid(sandbox);
    sandbox.control.nextRefunds('pending');
    const { id: refund } = await sandbox.stripe.refunds.create({ payment_intent: id });
    sandbox.control.settleRefund(refund, 'failed');
    await sandbox.control.webhooks.idle();
    expect(types(receiver).sort()).toEqual([
      'payment_intent.succeeded',
      'refund.created',
      'refund.failed',
      'refund.updated',
    ]);
  });
});
