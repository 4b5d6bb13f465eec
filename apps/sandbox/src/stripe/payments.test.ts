import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { failureOf, stripeSandbox, TEN_EUROS } from '../testing/stripe-sandbox.ts';

describe('paying an intent', () => {
  it('a good card is paid at once, and the charge says when', async () => {
    await using sandbox = await stripeSandbox({ now: () => 1_800_000_000_000 });
    const { id } = await sandbox.stripe.paymentIntents.create({
      ...TEN_EUROS,
      metadata: { bookingId: 'bkg_1' },
    });
    const paid = await sandbox.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
    expect(paid).toMatchObject({
      status: 'succeeded',
      amount_received: 1_000,
      metadata: { bookingId: 'bkg_1' },
    });
    const { latest_charge: charge } = await sandbox.stripe.paymentIntents.retrieve(id, {
      expand: ['latest_charge'],
    });
    expect(charge).toMatchObject({
      object: 'charge',
      created: 1_800_000_000,
      paid: true,
      amount_captured: 1_000,
    });
  });

  it.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    // The SDK makes an empty string of a decline code that did not come.
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', ''],
  ])(
    '%s is a card error with the intent inside, and the intent takes another card',
    async (method, code, decline) => {
      await using sandbox = await stripeSandbox();
      const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
      const error = await failureOf(sandbox.stripe.paymentIntents.confirm(id, { payment_method: method }));
      expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
      expect(error).toMatchObject({ statusCode: 402, code, decline_code: decline });
      expect(error.payment_intent).toMatchObject({
        id,
        status: 'requires_payment_method',
        last_payment_error: { code },
      });
      const paid = await sandbox.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' });
      expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null });
    },
  );

  it('3-D Secure asks for an action first; completing it pays, failing it leaves the intent open', async () => {
    await using sandbox = await stripeSandbox();
    const { id, client_secret: secret } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    const confirm = () =>
      sandbox.stripe.paymentIntents.confirm(id, {
        payment_method: 'pm_card_threeDSecure2Required',
        return_url: 'http://127.0.0.1:3000/back',
      });
    const asked = await confirm();
    expect(asked.status).toBe('requires_action');
    expect(asked.next_action).toMatchObject({
      type: 'redirect_to_url',
      redirect_to_url: {
        url: `${sandbox.url}/3ds/${id}?client_secret=${secret}`,
        return_url: 'http://127.0.0.1:3000/back',
      },
    });
    const failed = sandbox.control.authenticate(id, 'fail');
    expect(failed.last_payment_error?.code).toBe('payment_intent_authentication_failure');
    expect(failed.status).toBe('requires_payment_method');
    await confirm();
    expect(sandbox.control.authenticate(id, 'complete').status).toBe('succeeded');
  });

  it('a card can be declined after 3-D Secure', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    sandbox.control.pay(id, 'pm_card_threeDSecureRequiredChargeDeclined');
    const after = sandbox.control.authenticate(id, 'complete');
    expect(after).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined' },
    });
  });

  it('a bank debit is processing until the bank decides', async () => {
    await using sandbox = await stripeSandbox();
    const pay = async () => {
      const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
      const confirmed = await sandbox.stripe.paymentIntents.confirm(id, {
        payment_method: 'pm_usBankAccount_processing',
      });
      expect(confirmed).toMatchObject({ status: 'processing', amount_received: 0 });
      return id;
    };
    expect(sandbox.control.settle(await pay(), 'succeeded')).toMatchObject({
      status: 'succeeded',
      amount_received: 1_000,
    });
    expect(sandbox.control.settle(await pay(), 'failed')).toMatchObject({
      status: 'requires_payment_method',
    });
  });

  it('bank debits that settle by themselves do so after the delay', async () => {
    await using sandbox = await stripeSandbox({ settleDelayMs: 5 });
    const made = await Promise.all([1, 2].map(() => sandbox.stripe.paymentIntents.create(TEN_EUROS)));
    const [good, bad] = made.map(({ id }) => id);
    sandbox.control.pay(good ?? '', 'pm_usBankAccount_success');
    sandbox.control.pay(bad ?? '', 'pm_usBankAccount_insufficientFunds');
    await expect.poll(() => sandbox.control.intent(good ?? '')?.status).toBe('succeeded');
    await expect.poll(() => sandbox.control.intent(bad ?? '')?.status).toBe('requires_payment_method');
  });

  it('a paid intent cannot be confirmed again', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    sandbox.control.pay(id);
    const error = await failureOf(
      sandbox.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }),
    );
    expect(error).toMatchObject({
      code: 'payment_intent_unexpected_state',
      payment_intent: { status: 'succeeded' },
    });
  });

  it('creating with confirm pays in one call', async () => {
    await using sandbox = await stripeSandbox();
    const paid = await sandbox.stripe.paymentIntents.create({
      ...TEN_EUROS,
      payment_method: 'pm_card_visa',
      confirm: true,
    });
    expect(paid.status).toBe('succeeded');
  });
});

describe('cancelling an intent', () => {
  it('an open one is cancelled, and cannot be paid any more', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    const cancelled = await sandbox.stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
    expect(cancelled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect(() => sandbox.control.pay(id)).toThrow('status of canceled');
  });

  it.each([
    ['succeeded', 'pm_card_visa'],
    ['processing', 'pm_usBankAccount_processing'],
  ])('one that is %s is refused, with the intent inside the error', async (status, method) => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    sandbox.control.pay(id, method);
    const error = await failureOf(sandbox.stripe.paymentIntents.cancel(id));
    expect(error).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_unexpected_state',
      payment_intent: { id, status },
    });
  });
});

describe('a browser with the publishable key', () => {
  it('confirms with the client secret', async () => {
    await using sandbox = await stripeSandbox();
    const { id, client_secret } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    const secret = client_secret ?? '';
    const paid = await sandbox.browser.paymentIntents.confirm(id, {
      payment_method: 'pm_card_visa',
      client_secret: secret,
    } as Stripe.PaymentIntentConfirmParams);
    expect(paid.status).toBe('succeeded');
    expect((await sandbox.browser.paymentIntents.retrieve(id, { client_secret: secret })).status).toBe(
      'succeeded',
    );
  });

  it('gets nowhere without the client secret, or with another one', async () => {
    await using sandbox = await stripeSandbox();
    const { id } = await sandbox.stripe.paymentIntents.create(TEN_EUROS);
    expect((await failureOf(sandbox.browser.paymentIntents.retrieve(id))).code).toBe('parameter_missing');
    const wrong = sandbox.browser.paymentIntents.retrieve(id, { client_secret: `${id}_secret_guess` });
    expect((await failureOf(wrong)).statusCode).toBe(404);
  });

  it('cannot create, cancel or refund', async () => {
    await using sandbox = await stripeSandbox();
    expect((await failureOf(sandbox.browser.paymentIntents.create(TEN_EUROS))).statusCode).toBe(401);
    expect((await failureOf(sandbox.browser.refunds.create({ payment_intent: 'pi_1' }))).statusCode).toBe(
      401,
    );
  });
});

describe('what Stripe refuses', () => {
  it.each([
    ['no amount', { currency: 'eur' }, 'parameter_missing', 'amount'],
    ['a fraction of a cent', { ...TEN_EUROS, amount: 1.5 }, 'parameter_invalid_integer', 'amount'],
    ['an unknown currency', { ...TEN_EUROS, currency: 'xyz' }, undefined, 'currency'],
    ['too large an amount', { ...TEN_EUROS, amount: 100_000_000 }, 'amount_too_large', 'amount'],
    ['an unknown parameter', { ...TEN_EUROS, surprise: 1 }, 'parameter_unknown', 'surprise'],
    [
      'half a króna',
      { ...TEN_EUROS, amount: 1_050, currency: 'isk' },
      'invalid_charge_amount_no_decimal_compatible',
      'amount',
    ],
    ['a single fils', { ...TEN_EUROS, amount: 1_005, currency: 'kwd' }, undefined, 'amount'],
    ['long metadata', { ...TEN_EUROS, metadata: { text: 'x'.repeat(501) } }, undefined, 'metadata[text]'],
  ])('%s', async (_what, params, code, param) => {
    await using sandbox = await stripeSandbox();
    // Wrong on purpose, so the SDK's types do not take it.
    const error = await failureOf(
      sandbox.stripe.paymentIntents.create(params as Stripe.PaymentIntentCreateParams),
    );
    expect(error).toMatchObject({ statusCode: 400, param });
    expect(error.code).toBe(code);
  });

  it('an unknown intent and a wrong key', async () => {
    await using sandbox = await stripeSandbox();
    expect(await failureOf(sandbox.stripe.paymentIntents.retrieve('pi_no'))).toMatchObject({
      statusCode: 404,
      code: 'resource_missing',
    });
    const stranger = new Stripe('sk_test_other', { protocol: 'http', host: '127.0.0.1', port: sandbox.port });
    expect((await failureOf(stranger.paymentIntents.create(TEN_EUROS))).statusCode).toBe(401);
  });

  it('a field called __proto__ is a field like any other', async () => {
    await using sandbox = await stripeSandbox();
    const response = await fetch(`${sandbox.url}/v1/payment_intents`, {
      method: 'POST',
      headers: { authorization: 'Bearer sk_test_sandbox' },
      body: new URLSearchParams('amount=1000&currency=eur&__proto__[polluted]=yes'),
    });
    expect(response.status).toBe(400);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
