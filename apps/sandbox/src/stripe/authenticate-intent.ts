import type Stripe from 'stripe';
import { missing, unexpectedState } from './api-error.ts';
import type { StripeBackend } from './backend.ts';
import { failedIntent } from './failed-intent.ts';
import { takePayment } from './take-payment.ts';
import type { Decline } from './test-payment-methods.ts';

const NOT_AUTHENTICATED: Decline = {
  code: 'payment_intent_authentication_failure',
  declineCode: null,
  message: 'The provided PaymentMethod has failed authentication.',
};

/** The buyer's answer on the 3-D Secure page: `complete` goes on to the charge (which may be declined), `fail` ends the attempt. */
export const authenticateIntent = (
  backend: StripeBackend,
  intentId: string,
  answer: 'complete' | 'fail',
): Stripe.PaymentIntent => {
  const intent = backend.state.intents.get(intentId);
  const method = backend.state.methods.get(intentId);
  if (intent === undefined || method === undefined) throw missing('payment_intent', intentId);
  if (intent.status !== 'requires_action')
    throw unexpectedState(`This PaymentIntent is ${intent.status}; no authentication is awaited.`, intent);
  if (answer === 'complete') return takePayment(backend, intent, method, null);
  const failed = failedIntent(intent, NOT_AUTHENTICATED, null);
  backend.state.intents.set(failed.id, failed);
  backend.emit('payment_intent.payment_failed', failed, null);
  return failed;
};
