import type Stripe from 'stripe';
import { unexpectedState } from './api-error.ts';
import type { EventCause, StripeBackend } from './backend.ts';

const CANCELLABLE: readonly string[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'requires_capture',
];

/** Cancels what can still be cancelled. Otherwise the error carries the intent as it stands. */
export const cancelIntent = (
  { state, emit, nowSeconds }: StripeBackend,
  intent: Stripe.PaymentIntent,
  reason: string | null,
  cause: EventCause,
): Stripe.PaymentIntent => {
  if (!CANCELLABLE.includes(intent.status))
    throw unexpectedState(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${CANCELLABLE.join(', ')}.`,
      intent,
    );
  const next: Stripe.PaymentIntent = {
    ...intent,
    status: 'canceled',
    canceled_at: nowSeconds(),
    cancellation_reason: reason,
    next_action: null,
  };
  state.intents.set(next.id, next);
  emit('payment_intent.canceled', next, cause);
  return next;
};
