import type Stripe from 'stripe';
import { invalidRequest, missing } from './api-error.ts';
import type { StripeBackend } from './backend.ts';

const MOVES: Readonly<Record<string, readonly string[]>> = {
  pending: ['succeeded', 'failed'],
  // The card's bank can send the money back days after Stripe said `succeeded`.
  succeeded: ['failed'],
};

/** How a refund ends. A failed one gives its amount back to what can be refunded. */
export const settleRefund = (
  { state, emit }: StripeBackend,
  refundId: string,
  result: 'succeeded' | 'failed',
): Stripe.Refund => {
  const refund = state.refunds.get(refundId);
  if (refund === undefined) throw missing('refund', refundId);
  if (!(MOVES[refund.status ?? ''] ?? []).includes(result))
    throw invalidRequest(`This refund is ${refund.status}; it cannot become ${result}.`);
  const next: Stripe.Refund = {
    ...refund,
    status: result,
    ...(result === 'failed'
      ? {
          failure_reason: 'expired_or_canceled_card',
          failure_balance_transaction: `${refund.balance_transaction}_f`,
        }
      : {}),
  };
  state.refunds.set(next.id, next);
  const charge = typeof refund.charge === 'string' ? state.charges.get(refund.charge) : undefined;
  if (result === 'failed' && charge !== undefined)
    state.charges.set(charge.id, {
      ...charge,
      amount_refunded: charge.amount_refunded - refund.amount,
      refunded: false,
    });
  emit('refund.updated', next, null);
  if (result === 'failed') emit('refund.failed', next, null);
  return next;
};
