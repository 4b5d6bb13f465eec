import type { Intent, ProviderRefund } from '@eventhorizon/core/payments/ports';
import { isId } from '@eventhorizon/core/shared/ids';
import type Stripe from 'stripe';
import { fromStripeAmount } from './stripe-currency.ts';

const STATUSES: Readonly<Record<string, Intent['status']>> = {
  requires_payment_method: 'open',
  requires_confirmation: 'open',
  requires_action: 'open',
  // Only with manual capture, which we do not ask for; it could still be cancelled.
  requires_capture: 'open',
  processing: 'processing',
  succeeded: 'succeeded',
  canceled: 'cancelled',
};

const REFUND_STATUSES: Readonly<Record<string, ProviderRefund['status']>> = {
  pending: 'pending',
  requires_action: 'pending',
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'cancelled',
};

export const known = <S>(table: Readonly<Record<string, S>>, status: string | null, thing: string): S => {
  const meaning = status === null ? undefined : table[status];
  // Guessing here could free a seat that is being paid for.
  if (meaning === undefined)
    throw new RangeError(`Stripe says that ${thing} is "${status}", which is not known here`);
  return meaning;
};

export const idOf = (reference: string | { readonly id: string } | null): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);

const declineOf = (error: Stripe.PaymentIntent['last_payment_error']): Intent['lastDecline'] =>
  error === null
    ? null
    : {
        code: error.decline_code ?? error.code ?? error.type,
        message: error.message ?? 'The payment failed.',
      };

/**
 * When the buyer paid: the creation of the charge, where it came expanded; else `succeededAt`, the time of the event that says so. null while
 * unpaid, and where Stripe told neither.
 */
const paidAtOf = (intent: Stripe.PaymentIntent, succeededAt: Date | null): Date | null => {
  if (intent.status !== 'succeeded') return null;
  const charge = intent.latest_charge;
  return charge !== null && typeof charge === 'object' ? new Date(charge.created * 1_000) : succeededAt;
};

/** A payment intent in our words. Throws RangeError on a status, a currency or an amount that is not known here. */
export const toIntent = (intent: Stripe.PaymentIntent, succeededAt: Date | null = null): Intent => {
  const bookingId = intent.metadata?.bookingId;
  return {
    id: intent.id,
    status: known(STATUSES, intent.status, intent.id),
    due: fromStripeAmount(intent.amount, intent.currency),
    received: fromStripeAmount(intent.amount_received ?? 0, intent.currency).amount,
    clientSecret: intent.client_secret ?? null,
    bookingId: isId('bkg', bookingId) ? bookingId : null,
    paidAt: paidAtOf(intent, succeededAt),
    lastDecline: declineOf(intent.last_payment_error ?? null),
  };
};

/** A refund in our words. Throws RangeError on what is not known here. */
export const toProviderRefund = (refund: Stripe.Refund): ProviderRefund => {
  const refundId = refund.metadata?.refundId;
  return {
    id: refund.id,
    intentId: idOf(refund.payment_intent),
    refundId: isId('rfd', refundId) ? refundId : null,
    status: known(REFUND_STATUSES, refund.status, refund.id),
    amount: fromStripeAmount(refund.amount, refund.currency),
    failureReason: refund.failure_reason ?? null,
  };
};
