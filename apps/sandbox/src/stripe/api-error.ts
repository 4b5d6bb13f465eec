import type Stripe from 'stripe';

/** The body of an error as Stripe answers it (docs.stripe.com/api/errors). */
export type ErrorBody = {
  readonly type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error';
  readonly message: string;
  readonly code?: string;
  readonly decline_code?: string;
  readonly param?: string;
  readonly charge?: string;
  readonly doc_url?: string;
  readonly payment_intent?: Stripe.PaymentIntent;
};

/** An answer other than 2xx. */
export class StripeApiError extends Error {
  override readonly name = 'StripeApiError';
  readonly status: number;
  readonly error: ErrorBody;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, error: ErrorBody, headers: Readonly<Record<string, string>> = {}) {
    super(error.message);
    this.status = status;
    this.error =
      error.code === undefined
        ? error
        : { doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll('_', '-')}`, ...error };
    this.headers = headers;
  }
}

export const invalidRequest = (message: string, more: Partial<ErrorBody> = {}): StripeApiError =>
  new StripeApiError(400, { type: 'invalid_request_error', message, ...more });

export const missing = (thing: string, id: string): StripeApiError =>
  new StripeApiError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${thing}: '${id}'`,
    param: thing === 'payment_intent' ? 'intent' : 'id',
  });

/** The intent comes inside the error, as it stands. */
export const unexpectedState = (message: string, intent: Stripe.PaymentIntent): StripeApiError =>
  invalidRequest(message, { code: 'payment_intent_unexpected_state', payment_intent: intent });

export const serverError = (retry: boolean): StripeApiError =>
  new StripeApiError(
    500,
    { type: 'api_error', message: 'An unknown error occurred.' },
    { 'Stripe-Should-Retry': String(retry) },
  );

/** `reason`: one of `global-rate`, `endpoint-rate`. Stripe names it in a header and sends no Retry-After. */
export const rateLimited = (reason: 'global-rate' | 'endpoint-rate'): StripeApiError =>
  new StripeApiError(
    429,
    {
      type: 'invalid_request_error',
      code: 'rate_limit',
      message:
        'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
    },
    { 'Stripe-Rate-Limited-Reason': reason },
  );

export const lockTimeout = (): StripeApiError =>
  new StripeApiError(429, {
    type: 'invalid_request_error',
    code: 'lock_timeout',
    message:
      'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request.',
  });
