import type Stripe from 'stripe';
import type { SandboxOptions } from '../options.ts';
import type { Attempt } from './delivery.ts';
import { stripeSignature } from './signature.ts';

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'failed';
  return error.cause instanceof Error ? error.cause.message : error.message;
};

/** One try to deliver an event: signed anew each time, because the signature carries the time. Never throws. */
export const postEvent = async (
  event: Stripe.Event,
  url: string,
  { keys, now, webhookTimeoutMs }: SandboxOptions,
  stopping: AbortSignal,
): Promise<Attempt> => {
  const at = now();
  const body = JSON.stringify(event, null, 2);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': stripeSignature(body, keys.stripeWebhookSecret, Math.floor(at / 1_000)),
      },
      body,
      // Stripe takes a redirect for a failure.
      redirect: 'manual',
      signal: AbortSignal.any([stopping, AbortSignal.timeout(webhookTimeoutMs)]),
    });
    await response.arrayBuffer();
    return { at, status: response.status, error: null, durationMs: now() - at };
  } catch (error) {
    return { at, status: null, error: reasonOf(error), durationMs: now() - at };
  }
};
