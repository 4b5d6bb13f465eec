import type Stripe from 'stripe';
import { invalidRequest, StripeApiError, unexpectedState } from './api-error.ts';
import type { EventCause, StripeBackend } from './backend.ts';
import { takePayment } from './take-payment.ts';
import { TEST_METHODS } from './test-payment-methods.ts';

const CONFIRMABLE: readonly string[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

/** A declined confirmation is an error 402 with the intent inside; the intent stays open. */
export const cardError = (intent: Stripe.PaymentIntent): StripeApiError => {
  const failure = intent.last_payment_error;
  return new StripeApiError(402, {
    type: 'card_error',
    code: failure?.code ?? 'card_declined',
    message: failure?.message ?? 'Your card was declined.',
    ...(failure?.decline_code === undefined ? {} : { decline_code: failure.decline_code }),
    ...(failure?.charge === undefined ? {} : { charge: failure.charge }),
    payment_intent: intent,
  });
};

/** Confirms with a test payment method: paid, declined (throws 402), processing, or 3-D Secure first (`requires_action`). */
export const confirmIntent = (
  backend: StripeBackend,
  intent: Stripe.PaymentIntent,
  given: { readonly paymentMethod: string | null; readonly returnUrl: string | null },
  cause: EventCause,
): Stripe.PaymentIntent => {
  const { state, emit, options } = backend;
  if (!CONFIRMABLE.includes(intent.status))
    throw unexpectedState(
      intent.status === 'succeeded'
        ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
        : `You cannot confirm this PaymentIntent because it has a status of ${intent.status}.`,
      intent,
    );
  const methodId =
    given.paymentMethod ?? (typeof intent.payment_method === 'string' ? intent.payment_method : null);
  if (methodId === null)
    throw unexpectedState(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.",
      intent,
    );
  const method = Object.hasOwn(TEST_METHODS, methodId) ? TEST_METHODS[methodId] : undefined;
  if (method === undefined)
    throw invalidRequest(`No such PaymentMethod: '${methodId}'`, {
      code: 'resource_missing',
      param: 'payment_method',
    });
  if (!intent.payment_method_types.includes(method.type))
    throw invalidRequest(
      `The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent.`,
      {
        param: 'payment_method',
      },
    );
  state.methods.set(intent.id, method);
  const chosen: Stripe.PaymentIntent = { ...intent, payment_method: methodId };
  if (method.authentication) {
    const url = new URL(`/3ds/${intent.id}`, options.publicUrl);
    url.searchParams.set('client_secret', intent.client_secret ?? '');
    const next: Stripe.PaymentIntent = {
      ...chosen,
      status: 'requires_action',
      last_payment_error: null,
      next_action: {
        type: 'redirect_to_url',
        redirect_to_url: { url: url.href, return_url: given.returnUrl },
      },
    };
    state.intents.set(next.id, next);
    emit('payment_intent.requires_action', next, cause);
    return next;
  }
  const paid = takePayment(backend, chosen, method, cause);
  if (paid.status === 'requires_payment_method') throw cardError(paid);
  return paid;
};
