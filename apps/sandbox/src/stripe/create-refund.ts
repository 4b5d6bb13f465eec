import type Stripe from 'stripe';
import { randomId } from '../shared/random-id.ts';
import { invalidRequest } from './api-error.ts';
import type { EventCause, StripeBackend } from './backend.ts';
import { isWithheld } from './dispute.ts';
import { settleRefund } from './settle-refund.ts';

export type NewRefund = {
  readonly amount: number | null;
  readonly reason: string | null;
  readonly metadata: Readonly<Record<string, string>>;
};

const inWords = (amount: number, currency: string): string =>
  `${amount} ${currency.toUpperCase()} minor units`;

/** Gives back all or part of a paid intent; `amount` null: all that is left. Refunds never sum up to more than was paid. */
export const createRefund = (
  backend: StripeBackend,
  intent: Stripe.PaymentIntent,
  given: NewRefund,
  cause: EventCause,
): Stripe.Refund => {
  const { state, emit, later, options, nowSeconds, refundFates } = backend;
  const charge =
    typeof intent.latest_charge === 'string' ? state.charges.get(intent.latest_charge) : undefined;
  if (intent.status !== 'succeeded' || charge === undefined)
    throw invalidRequest(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`, {
      param: 'payment_intent',
    });
  if (charge.disputed && isWithheld(backend, charge.id))
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    });
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0)
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  const amount = given.amount ?? left;
  if (amount > left)
    throw invalidRequest(
      `Refund amount (${inWords(amount, charge.currency)}) is greater than unrefunded amount on charge (${inWords(left, charge.currency)})`,
      { param: 'amount' },
    );
  const fate = refundFates.shift() ?? state.methods.get(intent.id)?.refund ?? 'succeeded';
  const refund: Stripe.Refund = {
    id: randomId('re_'),
    object: 'refund',
    amount,
    balance_transaction: randomId('txn_'),
    charge: charge.id,
    created: nowSeconds(),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata: { ...given.metadata },
    payment_intent: intent.id,
    payment_method: charge.payment_method,
    reason: given.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: fate === 'pending' ? 'pending' : 'succeeded',
    transfer_reversal: null,
  };
  const refunded = charge.amount_refunded + amount;
  state.charges.set(charge.id, {
    ...charge,
    amount_refunded: refunded,
    refunded: refunded === charge.amount_captured,
  });
  state.refunds.set(refund.id, refund);
  emit('refund.created', refund, cause);
  if (fate !== 'succeeded')
    later(options.settleDelayMs, () => {
      // Somebody may have settled it by hand meanwhile.
      if (state.refunds.get(refund.id)?.status === refund.status)
        settleRefund(backend, refund.id, fate === 'pending' ? 'succeeded' : 'failed');
    });
  return refund;
};
