import Stripe from 'stripe';
import { SANDBOX_KEYS, type SandboxOptions } from '../options.ts';
import { type RunningSandbox, startSandbox } from '../start-sandbox.ts';

export type StripeSandbox = RunningSandbox & {
  /** The real SDK, pointed at the sandbox; it does not retry. */
  readonly stripe: Stripe;
  /** What Stripe.js in a browser would be: the publishable key. */
  readonly browser: Stripe;
};

const NO_LIMIT = { globalPerSecond: null, endpointPerSecond: null };

/** A running sandbox with the SDK as its client. No rate limits, unless a test asks for them. */
export const stripeSandbox = async (options: Partial<SandboxOptions> = {}): Promise<StripeSandbox> => {
  const sandbox = await startSandbox({ rateLimit: NO_LIMIT, ...options });
  const client = (key: string) =>
    new Stripe(key, {
      protocol: 'http',
      host: '127.0.0.1',
      port: sandbox.port,
      maxNetworkRetries: 0,
      telemetry: false,
      timeout: 20_000,
    });
  return {
    ...sandbox,
    stripe: client(SANDBOX_KEYS.stripeSecretKey),
    browser: client(SANDBOX_KEYS.stripePublishableKey),
  };
};

export const TEN_EUROS = {
  amount: 1_000,
  currency: 'eur',
  automatic_payment_methods: { enabled: true },
} as const;

/** The error that a call of the SDK fails with. Throws when the call succeeds. */
export const failureOf = async (
  call: Promise<unknown>,
): Promise<InstanceType<typeof Stripe.errors.StripeError>> => {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Stripe.errors.StripeError) return error;
  throw new Error(`expected an error of Stripe, got ${String(error)}`);
};
