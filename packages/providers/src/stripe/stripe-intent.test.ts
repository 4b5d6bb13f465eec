import { newIntent } from '@eventhorizon/sandbox/stripe/intent-object';
import type Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { toIntent, toProviderRefund } from './stripe-intent.ts';

const intent: Stripe.PaymentIntent = newIntent({
  amount: 4_200,
  currency: 'eur',
  automatic: { enabled: true },
  methodTypes: null,
  description: null,
  receiptEmail: null,
  metadata: {},
  created: 1_800_000_000,
});

describe('a payment intent in our words', () => {
  it('a status that is not known here is an error: guessing could free a seat that is being paid for', () => {
    expect(() => toIntent({ ...intent, status: 'requires_patience' })).toThrow(RangeError);
  });

  it('one that is not ours has no booking', () => {
    expect(toIntent(intent).bookingId).toBeNull();
    expect(toIntent({ ...intent, metadata: { bookingId: 'bkg_nonsense' } }).bookingId).toBeNull();
  });

  it('the time of payment is the charge, where it came along, else the event', () => {
    const paid = { ...intent, status: 'succeeded' as const, latest_charge: 'ch_1' };
    const at = new Date('2027-01-15T08:00:00Z');
    expect(toIntent(paid).paidAt).toBeNull();
    expect(toIntent(paid, at).paidAt).toEqual(at);
    expect(toIntent(intent, at).paidAt).toBeNull();
  });
});

it('a refund that was made by hand at Stripe has no id of ours', () => {
  const refund = {
    id: 're_1',
    object: 'refund',
    amount: 100,
    currency: 'eur',
    metadata: null,
    payment_intent: 'pi_1',
    status: 'canceled',
  };
  // Only the fields that are read.
  expect(toProviderRefund(refund as unknown as Stripe.Refund)).toMatchObject({
    refundId: null,
    intentId: 'pi_1',
    status: 'cancelled',
  });
});
