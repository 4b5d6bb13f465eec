import type Stripe from 'stripe';
import type { EventCause, StripeBackend } from './backend.ts';
import { newCharge } from './charge-object.ts';
import { failedIntent } from './failed-intent.ts';
import { settleIntent } from './settle-intent.ts';
import type { TestMethod } from './test-payment-methods.ts';

/**
 * Tries to take the money, after any authentication. A card is decided at once, a bank debit goes to `processing`. A
 * declined intent comes back as `requires_payment_method` with `last_payment_error`.
 */
export const takePayment = (
  backend: StripeBackend,
  intent: Stripe.PaymentIntent,
  method: TestMethod,
  cause: EventCause,
): Stripe.PaymentIntent => {
  const { state, nowSeconds, emit, later, options } = backend;
  const save = (next: Stripe.PaymentIntent, type: Stripe.Event['type']): Stripe.PaymentIntent => {
    state.intents.set(next.id, next);
    emit(type, next, cause);
    return next;
  };
  const attempt = (result: Parameters<typeof newCharge>[2]): string => {
    const charge = newCharge(intent, method, result, nowSeconds());
    state.charges.set(charge.id, charge);
    return charge.id;
  };
  if (method.settles !== 'at_once') {
    const processing = save(
      {
        ...intent,
        status: 'processing',
        next_action: null,
        last_payment_error: null,
        latest_charge: attempt('pending'),
      },
      'payment_intent.processing',
    );
    if (method.settles === 'later')
      later(options.settleDelayMs, () => {
        // Somebody may have settled it by hand meanwhile.
        if (state.intents.get(intent.id)?.status === 'processing')
          settleIntent(backend, intent.id, method.decline ?? 'succeeded');
      });
    return processing;
  }
  if (method.decline !== null)
    return save(
      failedIntent(intent, method.decline, attempt(method.decline)),
      'payment_intent.payment_failed',
    );
  return save(
    {
      ...intent,
      status: 'succeeded',
      amount_received: intent.amount,
      next_action: null,
      last_payment_error: null,
      latest_charge: attempt('succeeded'),
    },
    'payment_intent.succeeded',
  );
};
