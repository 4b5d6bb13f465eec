import type Stripe from 'stripe';
import type { z } from 'zod';
import { invalidRequest, missing } from './api-error.ts';
import type { EventCause, StripeBackend } from './backend.ts';
import { cancelIntent } from './cancel-intent.ts';
import { confirmIntent } from './confirm-intent.ts';
import { createRefund } from './create-refund.ts';
import { checkCharge } from './currency-rules.ts';
import { newIntent } from './intent-object.ts';
import {
  cancelIntentParams,
  confirmIntentParams,
  createIntentParams,
  createRefundParams,
  listRefundsParams,
  retrieveParams,
} from './params.ts';

/** Who calls: the account's secret key, or a browser with the publishable key, which needs the intent's client secret. */
export type Caller = 'secret' | 'publishable';

export type Call<P> = {
  readonly params: P;
  /** From the path; empty where the path has none. */
  readonly id: string;
  readonly caller: Caller;
  readonly cause: EventCause;
};

/** One of Stripe's API operations. `check` refuses bad parameters before execution begins, so that nothing is stored. */
export type Operation<P> = {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly publishable: boolean;
  readonly params: z.ZodType<P>;
  readonly check?: (params: P) => void;
  readonly execute: (backend: StripeBackend, call: Call<P>) => object;
};

const operation = <P>(given: Operation<P>): Operation<P> => given;

const intentOf = (
  { state }: StripeBackend,
  { id, caller, params }: Call<{ client_secret?: string | undefined }>,
): Stripe.PaymentIntent => {
  const intent = state.intents.get(id);
  if (intent === undefined) throw missing('payment_intent', id);
  if (caller === 'publishable' && params.client_secret === undefined)
    throw invalidRequest('Missing required param: client_secret.', {
      code: 'parameter_missing',
      param: 'client_secret',
    });
  // A wrong client secret says the same as a wrong id: ids are not to be guessed.
  if (params.client_secret !== undefined && params.client_secret !== intent.client_secret)
    throw missing('payment_intent', id);
  return intent;
};

const expanded = (
  { state }: StripeBackend,
  intent: Stripe.PaymentIntent,
  expand: readonly string[] | undefined,
): Stripe.PaymentIntent => {
  const charge =
    typeof intent.latest_charge === 'string' ? state.charges.get(intent.latest_charge) : undefined;
  return expand?.includes('latest_charge') && charge !== undefined
    ? { ...intent, latest_charge: charge }
    : intent;
};

export const createIntent = operation({
  name: 'payment_intents.create',
  method: 'POST',
  path: '/v1/payment_intents',
  publishable: false,
  params: createIntentParams,
  check: ({ amount, currency }) => checkCharge(amount, currency),
  execute: (backend, { params, cause }) => {
    const intent: Stripe.PaymentIntent = {
      ...newIntent({
        amount: params.amount,
        currency: params.currency,
        automatic: params.automatic_payment_methods ?? null,
        methodTypes: params.payment_method_types ?? null,
        description: params.description ?? null,
        receiptEmail: params.receipt_email ?? null,
        metadata: params.metadata,
        created: backend.nowSeconds(),
      }),
      ...(params.payment_method === undefined
        ? {}
        : { payment_method: params.payment_method, status: 'requires_confirmation' as const }),
    };
    backend.state.intents.set(intent.id, intent);
    backend.emit('payment_intent.created', intent, cause);
    if (params.confirm !== true) return intent;
    const given = { paymentMethod: null, returnUrl: params.return_url ?? null };
    return expanded(backend, confirmIntent(backend, intent, given, cause), params.expand);
  },
});

export const retrieveIntent = operation({
  name: 'payment_intents.retrieve',
  method: 'GET',
  path: '/v1/payment_intents/:id',
  publishable: true,
  params: retrieveParams,
  execute: (backend, call) => expanded(backend, intentOf(backend, call), call.params.expand),
});

export const confirm = operation({
  name: 'payment_intents.confirm',
  method: 'POST',
  path: '/v1/payment_intents/:id/confirm',
  publishable: true,
  params: confirmIntentParams,
  execute: (backend, call) => {
    const { payment_method: method, return_url: returnUrl, expand } = call.params;
    const given = { paymentMethod: method ?? null, returnUrl: returnUrl ?? null };
    return expanded(backend, confirmIntent(backend, intentOf(backend, call), given, call.cause), expand);
  },
});

export const cancel = operation({
  name: 'payment_intents.cancel',
  method: 'POST',
  path: '/v1/payment_intents/:id/cancel',
  publishable: false,
  params: cancelIntentParams,
  execute: (backend, { id, params, cause }) => {
    const intent = backend.state.intents.get(id);
    if (intent === undefined) throw missing('payment_intent', id);
    return cancelIntent(backend, intent, params.cancellation_reason ?? null, cause);
  },
});

export const refund = operation({
  name: 'refunds.create',
  method: 'POST',
  path: '/v1/refunds',
  publishable: false,
  params: createRefundParams,
  execute: (backend, { params, cause }) => {
    const intent = backend.state.intents.get(params.payment_intent);
    if (intent === undefined) throw missing('payment_intent', params.payment_intent);
    const { amount, reason, metadata } = params;
    return createRefund(backend, intent, { amount: amount ?? null, reason: reason ?? null, metadata }, cause);
  },
});

export const retrieveRefund = operation({
  name: 'refunds.retrieve',
  method: 'GET',
  path: '/v1/refunds/:id',
  publishable: false,
  params: retrieveParams,
  execute: ({ state }, { id }) => {
    const found = state.refunds.get(id);
    if (found === undefined) throw missing('refund', id);
    return found;
  },
});

export const listRefunds = operation({
  name: 'refunds.list',
  method: 'GET',
  path: '/v1/refunds',
  publishable: false,
  params: listRefundsParams,
  execute: ({ state }, { params }): Stripe.ApiList<Stripe.Refund> => {
    const all = state.refunds
      .newest()
      .filter(
        ({ payment_intent: of }) => params.payment_intent === undefined || of === params.payment_intent,
      );
    const from =
      params.starting_after === undefined ? 0 : all.findIndex(({ id }) => id === params.starting_after) + 1;
    const data = all.slice(from, from + params.limit);
    return { object: 'list', data, has_more: all.length > from + params.limit, url: '/v1/refunds' };
  },
});
