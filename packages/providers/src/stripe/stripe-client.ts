import Stripe from 'stripe';

export type StripeConnection = {
  readonly secretKey: string;
  /** `https://api.stripe.com`, or where the sandbox is. */
  readonly apiBase: string;
  /** After so long a call's outcome counts as unknown. */
  readonly timeoutMs: number;
};

/**
 * The SDK's client. It does not retry by itself: our callers ask again with the same key, with their own pauses, and a retry in a retry
 * multiplies. (The SDK still repeats a call once on a connection that was closed under it; every POST carries a key, so that is safe.)
 */
export const stripeClient = ({ secretKey, apiBase, timeoutMs }: StripeConnection): Stripe => {
  const url = new URL(apiBase);
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  return new Stripe(secretKey, {
    protocol,
    host: url.hostname,
    port: url.port === '' ? (protocol === 'http' ? 80 : 443) : Number(url.port),
    timeout: timeoutMs,
    maxNetworkRetries: 0,
    telemetry: false,
    appInfo: { name: 'EventHorizon' },
  });
};
