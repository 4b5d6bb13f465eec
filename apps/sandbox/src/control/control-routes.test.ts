import { describe, expect, it } from 'vitest';
import { failureOf, type StripeSandbox, stripeSandbox, TEN_EUROS } from '../testing/stripe-sandbox.ts';
import { webhookReceiver } from '../testing/webhook-receiver.ts';

const call = async (sandbox: StripeSandbox, method: string, path: string, body?: object) => {
  const response = await fetch(`${sandbox.url}/_control/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
};

describe('the switches over HTTP', () => {
  it('make calls fail, and stop doing so', async () => {
    await using sandbox = await stripeSandbox();
    const fault = { calls: 'stripe.*', mode: 'error_before' };
    expect(await call(sandbox, 'POST', 'faults', fault)).toMatchObject({
      status: 201,
      json: { ...fault, hits: 0 },
    });
    expect((await failureOf(sandbox.stripe.paymentIntents.create(TEN_EUROS))).statusCode).toBe(500);
    expect((await call(sandbox, 'GET', 'faults')).json).toMatchObject([{ hits: 1 }]);
    expect((await call(sandbox, 'DELETE', 'faults')).status).toBe(204);
    await sandbox.stripe.paymentIntents.create(TEN_EUROS);
  });

  it('pay, authenticate, settle and refund', async () => {
    await using sandbox = await stripeSandbox();
    const intent = async () => (await sandbox.stripe.paymentIntents.create(TEN_EUROS)).id;
    const paid = await intent();
    expect((await call(sandbox, 'POST', `intents/${paid}/pay`, {})).json.status).toBe('succeeded');
    expect((await call(sandbox, 'POST', `intents/${paid}/pay`, {})).status).toBe(409);
    expect((await call(sandbox, 'POST', 'intents/pi_no/pay', {})).status).toBe(404);
    await call(sandbox, 'POST', 'refunds/next', { fates: ['pending'] });
    const refund = await call(sandbox, 'POST', `intents/${paid}/refund`, { amount: 300 });
    expect(refund.json).toMatchObject({ amount: 300, status: 'pending' });
    const settled = await call(sandbox, 'POST', `refunds/${refund.json.id}/settle`, { result: 'succeeded' });
    expect(settled.json.status).toBe('succeeded');
    const secure = await intent();
    await call(sandbox, 'POST', `intents/${secure}/pay`, { payment_method: 'pm_card_threeDSecure2Required' });
    expect(
      (await call(sandbox, 'POST', `intents/${secure}/authenticate`, { answer: 'complete' })).json.status,
    ).toBe('succeeded');
    const debit = await intent();
    await call(sandbox, 'POST', `intents/${debit}/pay`, { payment_method: 'pm_usBankAccount_processing' });
    expect(
      (await call(sandbox, 'POST', `intents/${debit}/settle`, { result: 'succeeded' })).json.status,
    ).toBe('succeeded');
    expect((await call(sandbox, 'GET', 'intents')).json).toHaveLength(3);
    expect((await call(sandbox, 'GET', 'refunds')).json).toHaveLength(1);
  });

  it('hold webhooks, release them and send one again', async () => {
    await using receiver = await webhookReceiver();
    await using sandbox = await stripeSandbox();
    await call(sandbox, 'PATCH', 'webhooks', { url: receiver.url, copies: 2 });
    await call(sandbox, 'POST', 'webhooks/hold');
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    sandbox.control.pay(id);
    expect((await call(sandbox, 'GET', 'deliveries')).json).toMatchObject([
      { status: 'held' },
      { status: 'held' },
    ]);
    await call(sandbox, 'POST', 'webhooks/release', { order: 'shuffled' });
    await call(sandbox, 'GET', 'webhooks/idle');
    await call(sandbox, 'POST', `events/${receiver.received[0]?.event.id}/resend`);
    expect(receiver.received).toHaveLength(3);
    expect((await call(sandbox, 'POST', 'events/evt_no/resend')).status).toBe(404);
  });

  it('take JSON only, so that no web page can press them, and say what is wrong', async () => {
    await using sandbox = await stripeSandbox();
    const form = await fetch(`${sandbox.url}/_control/faults`, {
      method: 'POST',
      body: 'calls=*&mode=limited',
    });
    expect(form.status).toBe(415);
    const bad = await call(sandbox, 'POST', 'faults', { calls: '*', mode: 'explode' });
    expect([bad.status, bad.json.error]).toEqual([400, expect.stringContaining('mode')]);
  });

  it('reset forgets objects and rules', async () => {
    await using sandbox = await stripeSandbox();
    await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    sandbox.control.fail({ calls: '*', mode: 'limited' });
    await call(sandbox, 'POST', 'reset');
    expect((await call(sandbox, 'GET', 'intents')).json).toEqual([]);
    expect((await call(sandbox, 'GET', 'emails?to=ada@example.test')).json).toEqual([]);
    await sandbox.stripe.paymentIntents.create(TEN_EUROS);
  });
});
