import { money } from '@eventhorizon/core/shared/money';
import { describe, expect, it } from 'vitest';
import {
  BOOKING,
  DUE,
  EVENT,
  type GatewaySandbox,
  gatewaySandbox,
  ORDER,
  OTHER_REFUND,
  okValue,
  PAYMENT,
  REFUND,
} from '../testing/gateway-sandbox.ts';
import { AMOUNT_NOT_CHARGEABLE, STORED_SERVER_ERROR } from './stripe-gateway.ts';

const CREATE = 'stripe.payment_intents.create';

describe('creating an intent', () => {
  it('gives an open intent with its client secret, and leaves our ids with Stripe', async () => {
    await using sandbox = await gatewaySandbox();
    const intent = okValue(await sandbox.gateway.createIntent(ORDER));
    expect(intent).toMatchObject({
      status: 'open',
      due: DUE,
      received: 0,
      bookingId: BOOKING,
      paidAt: null,
      lastDecline: null,
    });
    const stored = sandbox.control.intent(intent.id);
    expect(intent.clientSecret).toBe(stored?.client_secret);
    expect(stored).toMatchObject({
      amount: 4_200,
      currency: 'eur',
      description: ORDER.description,
      automatic_payment_methods: { enabled: true },
      metadata: { bookingId: BOOKING, paymentId: PAYMENT, eventId: EVENT },
    });
  });

  it('the same attempt always finds the same intent, the next attempt makes another', async () => {
    await using sandbox = await gatewaySandbox();
    const [first, again, next] = [
      await sandbox.gateway.createIntent(ORDER),
      await sandbox.gateway.createIntent(ORDER),
      await sandbox.gateway.createIntent({ ...ORDER, attempt: 2 }),
    ].map(okValue);
    expect(again?.id).toBe(first?.id);
    expect(next?.id).not.toBe(first?.id);
  });

  it('finding an intent by its attempt tells how it stands now, not how it was when created', async () => {
    await using sandbox = await gatewaySandbox();
    const { id } = okValue(await sandbox.gateway.createIntent(ORDER));
    sandbox.control.pay(id);
    const found = okValue(await sandbox.gateway.createIntent(ORDER));
    expect(found).toMatchObject({ id, status: 'succeeded', received: 4_200, paidAt: expect.any(Date) });
  });

  it('a time-out is unknown; asking again finds what had been made', async () => {
    await using sandbox = await gatewaySandbox();
    sandbox.control.fail({ calls: CREATE, mode: 'timeout_after', next: 1 });
    expect(await sandbox.impatient.createIntent(ORDER)).toMatchObject({ outcome: 'unknown' });
    const found = okValue(await sandbox.gateway.createIntent(ORDER));
    expect(sandbox.control.intents().map(({ id }) => id)).toEqual([found.id]);
  });

  it('a time-out before anything was done is unknown too, and asking again makes the intent', async () => {
    await using sandbox = await gatewaySandbox();
    sandbox.control.fail({ calls: CREATE, mode: 'timeout_before', next: 1 });
    expect(await sandbox.impatient.createIntent(ORDER)).toMatchObject({ outcome: 'unknown' });
    okValue(await sandbox.gateway.createIntent(ORDER));
    expect(sandbox.control.intents()).toHaveLength(1);
  });

  it('a broken connection makes one intent at most', async () => {
    await using sandbox = await gatewaySandbox();
    sandbox.control.fail({ calls: CREATE, mode: 'reset_after', next: 2 });
    expect(await sandbox.gateway.createIntent(ORDER)).toMatchObject({ outcome: 'unknown' });
    okValue(await sandbox.gateway.createIntent(ORDER));
    expect(sandbox.control.intents()).toHaveLength(1);
  });

  it('a server error that was not stored is unknown, and asking again works', async () => {
    await using sandbox = await gatewaySandbox();
    sandbox.control.fail({ calls: CREATE, mode: 'error_before', next: 1 });
    expect(await sandbox.gateway.createIntent(ORDER)).toMatchObject({ outcome: 'unknown' });
    expect(okValue(await sandbox.gateway.createIntent(ORDER)).status).toBe('open');
  });

  it.each(['error_stored', 'error_after'] as const)(
    'a stored server error (%s) is unknown first, then definitive, and the next attempt works',
    async (mode) => {
      await using sandbox = await gatewaySandbox();
      sandbox.control.fail({ calls: CREATE, mode, next: 1 });
      expect(await sandbox.gateway.createIntent(ORDER)).toMatchObject({ outcome: 'unknown' });
      expect(await sandbox.gateway.createIntent(ORDER)).toMatchObject({
        outcome: 'rejected',
        code: STORED_SERVER_ERROR,
      });
      expect(okValue(await sandbox.gateway.createIntent({ ...ORDER, attempt: 2 })).status).toBe('open');
    },
  );

  it.each(['limited', 'lock_timeout'] as const)('%s is not done, and says how long to wait', async (mode) => {
    await using sandbox = await gatewaySandbox();
    sandbox.control.fail({ calls: CREATE, mode, next: 1 });
    expect(await sandbox.gateway.createIntent(ORDER)).toEqual({ outcome: 'limited', retryAfterMs: 1_000 });
    expect(sandbox.control.intents()).toHaveLength(0);
    okValue(await sandbox.gateway.createIntent(ORDER));
  });

  it('while the same attempt is under way elsewhere the outcome is unknown', async () => {
    await using sandbox = await gatewaySandbox();
    sandbox.control.fail({ calls: CREATE, mode: 'hold', next: 1 });
    const first = sandbox.gateway.createIntent(ORDER);
    while (sandbox.control.heldCalls() === 0) await new Promise(setImmediate);
    expect(await sandbox.gateway.createIntent(ORDER)).toMatchObject({ outcome: 'unknown' });
    sandbox.control.releaseCalls();
    expect(okValue(await first).status).toBe('open');
  });

  it('what Stripe refuses is rejected with its code', async () => {
    await using sandbox = await gatewaySandbox();
    const small = await sandbox.gateway.createIntent({ ...ORDER, due: money(10, 'EUR') });
    expect(small).toMatchObject({ outcome: 'rejected', code: 'amount_too_small' });
    okValue(await sandbox.gateway.createIntent(ORDER));
    const other = await sandbox.gateway.createIntent({ ...ORDER, due: money(4_300, 'EUR') });
    expect(other).toMatchObject({ outcome: 'rejected', code: 'idempotency_error' });
  });

  it('an amount that Stripe cannot charge exactly is rejected without a call', async () => {
    await using sandbox = await gatewaySandbox();
    const result = await sandbox.gateway.createIntent({ ...ORDER, due: money(5_124, 'KWD') });
    expect(result).toMatchObject({ outcome: 'rejected', code: AMOUNT_NOT_CHARGEABLE });
  });

  it('currencies that Stripe counts in its own way arrive as we count them', async () => {
    await using sandbox = await gatewaySandbox();
    const intent = okValue(await sandbox.gateway.createIntent({ ...ORDER, due: money(4_200, 'ISK') }));
    expect(intent.due).toEqual(money(4_200, 'ISK'));
    expect(sandbox.control.intent(intent.id)?.amount).toBe(420_000);
  });

  it('a key that Stripe refuses is unknown, and no message carries a part of it', async () => {
    await using sandbox = await gatewaySandbox();
    const result = await sandbox.stranger.createIntent(ORDER);
    expect(result).toEqual({ outcome: 'unknown', message: 'Stripe refuses our API key (HTTP 401)' });
  });

  it('a Stripe that cannot be reached is unknown', async () => {
    const sandbox = await gatewaySandbox();
    await sandbox[Symbol.asyncDispose]();
    expect(await sandbox.gateway.createIntent(ORDER)).toMatchObject({ outcome: 'unknown' });
  });
});

describe('looking at an intent', () => {
  it('tells when it was paid, and what the last decline was', async () => {
    await using sandbox = await gatewaySandbox({ now: () => 1_800_000_000_000 });
    const { id } = okValue(await sandbox.gateway.createIntent(ORDER));
    sandbox.control.pay(id, 'pm_card_chargeDeclinedInsufficientFunds');
    expect(okValue(await sandbox.gateway.getIntent(id))).toMatchObject({
      status: 'open',
      paidAt: null,
      lastDecline: { code: 'insufficient_funds', message: 'Your card has insufficient funds.' },
    });
    sandbox.control.pay(id);
    const paid = okValue(await sandbox.gateway.getIntent(id));
    expect(paid).toMatchObject({
      status: 'succeeded',
      paidAt: new Date(1_800_000_000_000),
      lastDecline: null,
    });
  });

  it('one that is not there is rejected', async () => {
    await using sandbox = await gatewaySandbox();
    expect(await sandbox.gateway.getIntent('pi_no')).toMatchObject({
      outcome: 'rejected',
      code: 'resource_missing',
    });
  });
});

describe('cancelling an intent', () => {
  const open = async (sandbox: GatewaySandbox) => okValue(await sandbox.gateway.createIntent(ORDER)).id;

  it('an open one is cancelled, and cancelling it again is no error', async () => {
    await using sandbox = await gatewaySandbox();
    const id = await open(sandbox);
    expect(okValue(await sandbox.gateway.cancelIntent(id)).status).toBe('cancelled');
    expect(okValue(await sandbox.gateway.cancelIntent(id)).status).toBe('cancelled');
  });

  it('a 3-D Secure that is not answered yet is cancelled', async () => {
    await using sandbox = await gatewaySandbox();
    const id = await open(sandbox);
    sandbox.control.pay(id, 'pm_card_threeDSecure2Required');
    expect(okValue(await sandbox.gateway.cancelIntent(id)).status).toBe('cancelled');
  });

  it('a paid one comes back paid, with the time', async () => {
    await using sandbox = await gatewaySandbox();
    const id = await open(sandbox);
    sandbox.control.pay(id);
    const result = okValue(await sandbox.gateway.cancelIntent(id));
    expect(result).toMatchObject({ status: 'succeeded', received: 4_200, paidAt: expect.any(Date) });
  });

  it('one in processing comes back so, and is cancelled once the bank has refused', async () => {
    await using sandbox = await gatewaySandbox();
    const id = await open(sandbox);
    sandbox.control.pay(id, 'pm_usBankAccount_processing');
    expect(okValue(await sandbox.gateway.cancelIntent(id)).status).toBe('processing');
    sandbox.control.settle(id, 'failed');
    expect(okValue(await sandbox.gateway.cancelIntent(id)).status).toBe('cancelled');
  });

  it('without an answer the outcome is unknown', async () => {
    await using sandbox = await gatewaySandbox();
    const id = await open(sandbox);
    sandbox.control.fail({ calls: 'stripe.payment_intents.cancel', mode: 'timeout_after', next: 1 });
    expect(await sandbox.impatient.cancelIntent(id)).toMatchObject({ outcome: 'unknown' });
    expect(okValue(await sandbox.gateway.getIntent(id)).status).toBe('cancelled');
  });
});

describe('refunding', () => {
  const paid = async (sandbox: GatewaySandbox) => {
    const { id } = okValue(await sandbox.gateway.createIntent(ORDER));
    sandbox.control.pay(id);
    return id;
  };
  const part = (intentId: string) => ({ refundId: REFUND, intentId, amount: money(1_200, 'EUR') });

  it('gives a part back once, however often it is asked for under its id', async () => {
    await using sandbox = await gatewaySandbox();
    const intentId = await paid(sandbox);
    const first = okValue(await sandbox.gateway.refund(part(intentId)));
    expect(first).toMatchObject({
      intentId,
      refundId: REFUND,
      status: 'succeeded',
      amount: money(1_200, 'EUR'),
      failureReason: null,
    });
    expect(okValue(await sandbox.gateway.refund(part(intentId))).id).toBe(first.id);
    expect(sandbox.control.refunds()).toHaveLength(1);
  });

  it('asked again it tells how the refund stands now', async () => {
    await using sandbox = await gatewaySandbox();
    const intentId = await paid(sandbox);
    sandbox.control.nextRefunds('pending');
    const { id, status } = okValue(await sandbox.gateway.refund(part(intentId)));
    expect(status).toBe('pending');
    sandbox.control.settleRefund(id, 'failed');
    const again = okValue(await sandbox.gateway.refund(part(intentId)));
    expect(again).toMatchObject({ id, status: 'failed', failureReason: 'expired_or_canceled_card' });
  });

  it('one whose answer was lost is found by our id, and one never sent is not', async () => {
    await using sandbox = await gatewaySandbox();
    const intentId = await paid(sandbox);
    sandbox.control.fail({ calls: 'stripe.refunds.create', mode: 'error_after', next: 1 });
    expect(await sandbox.gateway.refund(part(intentId))).toMatchObject({ outcome: 'unknown' });
    // A stored 500 of a refund stays unknown: the money may be on its way.
    expect(await sandbox.gateway.refund(part(intentId))).toMatchObject({ outcome: 'unknown' });
    expect(okValue(await sandbox.gateway.findRefund(intentId, REFUND))).toMatchObject({
      refundId: REFUND,
      status: 'succeeded',
    });
    expect(okValue(await sandbox.gateway.findRefund(intentId, OTHER_REFUND))).toBeNull();
  });

  it('is found among more refunds than a page holds', async () => {
    await using sandbox = await gatewaySandbox();
    const intentId = await paid(sandbox);
    okValue(await sandbox.gateway.refund({ ...part(intentId), amount: money(1, 'EUR') }));
    for (let made = 0; made < 120; made += 1) sandbox.control.refundByHand(intentId, 1);
    expect(okValue(await sandbox.gateway.findRefund(intentId, REFUND))?.refundId).toBe(REFUND);
  });

  it('more than was paid is rejected', async () => {
    await using sandbox = await gatewaySandbox();
    const intentId = await paid(sandbox);
    const result = await sandbox.gateway.refund({ ...part(intentId), amount: money(4_201, 'EUR') });
    expect(result).toMatchObject({ outcome: 'rejected' });
    const odd = await sandbox.gateway.refund({ ...part(intentId), amount: money(5_124, 'KWD') });
    expect(odd).toMatchObject({ outcome: 'rejected', code: AMOUNT_NOT_CHARGEABLE });
  });
});
