import type Stripe from 'stripe';
import { missing, unexpectedState } from './api-error.ts';
import type { StripeBackend } from './backend.ts';
import { failedIntent } from './failed-intent.ts';
import type { Decline } from './test-payment-methods.ts';

export const BANK_REFUSED: Decline = {
  code: 'payment_method_bank_account_insufficient_funds',
  declineCode: null,
  message: 'The bank returned the debit.',
};

/** The bank's answer about an intent in `processing`: the money comes, or it does not and the intent is open again. */
export const settleIntent = (
  { state, emit }: StripeBackend,
  intentId: string,
  result: 'succeeded' | Decline,
): Stripe.PaymentIntent => {
  const intent = state.intents.get(intentId);
  if (intent === undefined) throw missing('payment_intent', intentId);
  if (intent.status !== 'processing')
    throw unexpectedState(
      `This PaymentIntent is ${intent.status}; only one in processing can settle.`,
      intent,
    );
  const succeeded = result === 'succeeded';
  const charge =
    typeof intent.latest_charge === 'string' ? state.charges.get(intent.latest_charge) : undefined;
  if (charge !== undefined)
    state.charges.set(charge.id, {
      ...charge,
      status: succeeded ? 'succeeded' : 'failed',
      paid: succeeded,
      amount_captured: succeeded ? charge.amount : 0,
      failure_code: succeeded ? null : result.code,
      failure_message: succeeded ? null : result.message,
    });
  const next: Stripe.PaymentIntent = succeeded
    ? { ...intent, status: 'succeeded', amount_received: intent.amount, processing: null }
    : failedIntent(intent, result, charge?.id ?? null);
  state.intents.set(next.id, next);
  emit(succeeded ? 'payment_intent.succeeded' : 'payment_intent.payment_failed', next, null);
  return next;
};
