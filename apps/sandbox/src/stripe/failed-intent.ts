import type Stripe from 'stripe';
import type { Decline } from './test-payment-methods.ts';

/** Where a failed attempt leaves an intent: open for another payment method, with the reason. */
export const failedIntent = (
  intent: Stripe.PaymentIntent,
  { code, declineCode, message }: Decline,
  charge: string | null,
): Stripe.PaymentIntent => ({
  ...intent,
  status: 'requires_payment_method',
  payment_method: null,
  next_action: null,
  processing: null,
  latest_charge: charge ?? intent.latest_charge,
  last_payment_error: {
    type: code === 'payment_intent_authentication_failure' ? 'invalid_request_error' : 'card_error',
    code,
    message,
    ...(declineCode === null ? {} : { decline_code: declineCode }),
    ...(charge === null ? {} : { charge }),
  },
});
