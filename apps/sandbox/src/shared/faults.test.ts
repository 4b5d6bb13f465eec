import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { failureOf, stripeSandbox, TEN_EUROS } from '../testing/stripe-sandbox.ts';
import { faultSwitches } from './faults.ts';

describe('calls that are made to fail', () => {
  it.each([
    ['reset_before', 0],
    ['timeout_before', 0],
    ['timeout_after', 1],
  ] as const)('%s gives no answer and leaves %i intents', async (mode, left) => {
    await using sandbox = await stripeSandbox();
    // Twice, because the SDK repeats once what was reset.
    sandbox.control.fail({ calls: 'stripe.payment_intents.create', mode, next: 2 });
    const error = await failureOf(sandbox.stripe.paymentIntents.create(TEN_EUROS, { timeout: 300 }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeConnectionError);
    // A slow machine may give up before the sandbox has read the request.
    await expect.poll(() => sandbox.control.intents()).toHaveLength(left);
  });

  it('reset_after loses the answer only: the repetition under the same key gets it', async () => {
    await using sandbox = await stripeSandbox();
    sandbox.control.fail({ calls: 'stripe.payment_intents.create', mode: 'reset_after', next: 1 });
    const made = await sandbox.stripe.paymentIntents.create(TEN_EUROS, { idempotencyKey: 'a' });
    expect(made.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(sandbox.control.intents()).toHaveLength(1);
  });

  it('an object locked by another request is a 429 without a reason of the limiter', async () => {
    await using sandbox = await stripeSandbox();
    sandbox.control.fail({ calls: 'stripe.*', mode: 'lock_timeout', next: 1 });
    const error = await failureOf(sandbox.stripe.paymentIntents.create(TEN_EUROS));
    expect(error).toMatchObject({ statusCode: 429, code: 'lock_timeout' });
    expect(error.headers?.['stripe-rate-limited-reason']).toBeUndefined();
  });
});

describe('rules', () => {
  it('hit only the calls they name, and only as often as they say', () => {
    const faults = faultSwitches(Math.random);
    faults.add({ calls: 'stripe.payment_intents.*', mode: 'limited', next: 1 });
    expect(faults.take('stripe.refunds.create')).toBeNull();
    expect(faults.take('stripe.payment_intents.cancel')).toBe('limited');
    expect(faults.take('stripe.payment_intents.cancel')).toBeNull();
    faults.add({ calls: '*', mode: 'error_before' });
    expect(faults.take('twilio.messages.create')).toBe('error_before');
    faults.clear();
    expect(faults.take('twilio.messages.create')).toBeNull();
  });

  it('with a rate hit that share of the calls', () => {
    const rolls = [0.1, 0.6, 0.4, 0.9];
    const faults = faultSwitches(() => rolls.shift() ?? 1);
    faults.add({ calls: '*', mode: 'limited', rate: 0.5 });
    expect([1, 2, 3, 4].map(() => faults.take('any.call'))).toEqual(['limited', null, 'limited', null]);
  });
});
