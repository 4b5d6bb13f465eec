import { describe, expect, it } from 'vitest';
import { failureOf, type StripeSandbox, stripeSandbox, TEN_EUROS } from '../testing/stripe-sandbox.ts';
import { webhookReceiver } from '../testing/webhook-receiver.ts';

const paidIntent = async ({ stripe, control }: StripeSandbox): Promise<string> => {
  const { id } = await stripe.paymentIntents.create(TEN_EUROS);
  control.pay(id);
  return id;
};

const ALL = { amount: null, reason: 'fraudulent', inquiry: false };

describe('disputes', () => {
  it('a disputed payment cannot be refunded until the dispute is won', async () => {
    await using sandbox = await stripeSandbox();
    const { stripe, control } = sandbox;
    const intent = await paidIntent(sandbox);
    const { id } = control.dispute(intent, ALL);
    const refused = await failureOf(stripe.refunds.create({ payment_intent: intent, amount: 1 }));
    expect(refused.code).toBe('charge_disputed');
    control.moveDispute(id, 'won');
    expect((await stripe.refunds.create({ payment_intent: intent })).amount).toBe(1_000);
  });

  it('an inquiry leaves the payment refundable until it escalates, and may rest', async () => {
    await using sandbox = await stripeSandbox();
    const { stripe, control } = sandbox;
    const asked = control.dispute(await paidIntent(sandbox), { ...ALL, inquiry: true });
    expect(control.moveDispute(asked.id, 'won')).toMatchObject({ status: 'warning_closed' });
    const intent = await paidIntent(sandbox);
    const inquiry = control.dispute(intent, { ...ALL, amount: 500, inquiry: true });
    expect(inquiry.status).toBe('warning_needs_response');
    await stripe.refunds.create({ payment_intent: intent, amount: 100 });
    expect(() => control.moveDispute(inquiry.id, 'lost')).toThrow('cannot be lost');
    control.moveDispute(inquiry.id, 'escalated');
    await failureOf(stripe.refunds.create({ payment_intent: intent, amount: 100 }));
    expect(control.moveDispute(inquiry.id, 'lost')).toMatchObject({ status: 'lost', amount: 500 });
    expect(() => control.moveDispute(inquiry.id, 'won')).toThrow('is lost');
  });

  it('its webhooks tell each step as Stripe does', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await stripeSandbox({ webhookUrl: receiver.url });
    const intent = await paidIntent(sandbox);
    sandbox.control.moveDispute(sandbox.control.dispute(intent, ALL).id, 'won');
    const types = () =>
      receiver.received.map(({ event }) => event.type).filter((type) => type.startsWith('charge.dispute'));
    await expect
      .poll(() => types().toSorted())
      .toEqual([
        'charge.dispute.closed',
        'charge.dispute.created',
        'charge.dispute.funds_reinstated',
        'charge.dispute.funds_withdrawn',
      ]);
  });

  it('only money that came can be disputed', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    expect(() => sandbox.control.dispute(id, ALL)).toThrow('does not have a successful charge');
    expect(() => sandbox.control.moveDispute('du_none', 'won')).toThrow('No such dispute');
  });
});
