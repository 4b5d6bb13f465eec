import type { GatewayResult } from '@eventhorizon/core/payments/ports';
import Stripe from 'stripe';
import { retryAfterMs } from '../shared/retry-after.ts';

type Failed = Exclude<GatewayResult<never>, { outcome: 'ok' }>;

/** Stripe sends no Retry-After with a 429 (docs.stripe.com/rate-limits); its limits count by the second. */
const LIMITED_PAUSE_MS = 1_000;

const unknown = (message: string): Failed => ({ outcome: 'unknown', message });

/**
 * What an error of the SDK means (docs.stripe.com/error-low-level). Only an answer that says for certain that nothing was done, and is stored under the key,
 * is `rejected`. A key of ours that Stripe refuses (401, 403) is `unknown` too: nothing about the payment follows from it, and the same call
 * works once the key is mended. Messages never carry what Stripe says about keys.
 */
export const outcomeOf = (error: unknown): Failed => {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  const { statusCode, code, type } = error;
  if (statusCode === undefined) return unknown(`no answer from Stripe: ${error.message}`);
  if (statusCode === 429)
    return {
      outcome: 'limited',
      retryAfterMs: retryAfterMs(error.headers?.['retry-after']) ?? LIMITED_PAUSE_MS,
    };
  if (statusCode === 401 || statusCode === 403)
    return unknown(`Stripe refuses our API key (HTTP ${statusCode})`);
  if (statusCode === 409) return unknown('another request with the same idempotency key is under way');
  if (statusCode >= 500)
    return unknown(`Stripe failed (HTTP ${statusCode}, request ${error.requestId ?? 'unknown'})`);
  return {
    outcome: 'rejected',
    // The SDK makes an empty string of a decline code that did not come.
    code: error.decline_code || code || error.rawType || type,
    message: error.message,
  };
};

/** True for a 5xx that was stored under the idempotency key: asking again with this key says the same for as long as the key lives. */
export const isStoredServerError = (error: unknown): error is Stripe.errors.StripeError =>
  error instanceof Stripe.errors.StripeError &&
  (error.statusCode ?? 0) >= 500 &&
  error.headers?.['idempotent-replayed'] === 'true';
