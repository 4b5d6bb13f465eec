import { describe, expect, it } from 'vitest';
import { failureOf, type StripeSandbox, stripeSandbox, TEN_EUROS } from '../testing/stripe-sandbox.ts';

const paidIntent = async ({ stripe, control }: StripeSandbox, method = 'pm_card_visa'): Promise<string> => {
  const { id } = await stripe.paymentIntents.create(TEN_EUROS);
  control.pay(id, method);
  return id;
};

describe('refunds', () => {
  it('partial refunds sum up to what was paid and never above it', async () => {
    await using sandbox = await stripeSandbox();
    const intent = await paidIntent(sandbox);
    const first = await sandbox.stripe.refunds.create({
      payment_intent: intent,
      amount: 400,
      metadata: { refundId: 'rfd_1' },
    });
    expect(first).toMatchObject({
      status: 'succeeded',
      amount: 400,
      payment_intent: intent,
      metadata: { refundId: 'rfd_1' },
    });
    const over = await failureOf(sandbox.stripe.refunds.create({ payment_intent: intent, amount: 601 }));
    expect(over.message).toContain('greater than unrefunded amount');
    expect((await sandbox.stripe.refunds.create({ payment_intent: intent })).amount).toBe(600);
    const none = await failureOf(sandbox.stripe.refunds.create({ payment_intent: intent }));
    expect(none.code).toBe('charge_already_refunded');
    expect((await sandbox.stripe.refunds.retrieve(first.id)).id).toBe(first.id);
  });

  it('an unpaid intent cannot be refunded', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    expect((await failureOf(sandbox.stripe.refunds.create({ payment_intent: id }))).statusCode).toBe(400);
  });

  it('refunds are listed by intent, newest first, page by page', async () => {
    await using sandbox = await stripeSandbox();
    const [mine, other] = [await paidIntent(sandbox), await paidIntent(sandbox)];
    await sandbox.stripe.refunds.create({ payment_intent: other, amount: 1 });
    const made: string[] = [];
    for (const amount of [1, 2, 3])
      made.unshift((await sandbox.stripe.refunds.create({ payment_intent: mine, amount })).id);
    const seen: string[] = [];
    for await (const { id } of sandbox.stripe.refunds.list({ payment_intent: mine, limit: 2 })) seen.push(id);
    expect(seen).toEqual(made);
  });

  it('a pending refund settles later, or by hand', async () => {
    await using sandbox = await stripeSandbox({ settleDelayMs: 5 });
    const intent = await paidIntent(sandbox, 'pm_card_pendingRefund');
    const { id, status } = await sandbox.stripe.refunds.create({ payment_intent: intent });
    expect(status).toBe('pending');
    await expect
      .poll(() => sandbox.control.refunds().find((refund) => refund.id === id)?.status)
      .toBe('succeeded');
  });

  it('a refund that fails after it succeeded can be made again', async () => {
    await using sandbox = await stripeSandbox();
    const intent = await paidIntent(sandbox);
    sandbox.control.nextRefunds('fails_later');
    const { id, status } = await sandbox.stripe.refunds.create({ payment_intent: intent });
    expect(status).toBe('succeeded');
    expect(sandbox.control.settleRefund(id, 'failed')).toMatchObject({
      status: 'failed',
      failure_reason: expect.any(String),
    });
    expect((await sandbox.stripe.refunds.create({ payment_intent: intent })).amount).toBe(1_000);
  });
});
