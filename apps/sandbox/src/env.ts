import { z } from 'zod';
import { DEFAULT_OPTIONS, SANDBOX_KEYS } from './options.ts';

const limit = (fallback: number | null) =>
  z.preprocess(
    (given) => (given === undefined || given === '' ? fallback : given === 'none' ? null : Number(given)),
    z.int().min(1).nullable(),
  );

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3010),
  HOST: z.string().default('127.0.0.1'),
  /** Not PUBLIC_URL: that is the API's, and both may come from one environment. */
  SANDBOX_PUBLIC_URL: z.url().optional(),
  WEBHOOK_URL: z.url().default('http://127.0.0.1:3000/webhooks/stripe'),
  STRIPE_SECRET_KEY: z.string().default(SANDBOX_KEYS.stripeSecretKey),
  STRIPE_PUBLISHABLE_KEY: z.string().default(SANDBOX_KEYS.stripePublishableKey),
  STRIPE_WEBHOOK_SECRET: z.string().default(SANDBOX_KEYS.stripeWebhookSecret),
  SENDGRID_API_KEY: z.string().default(SANDBOX_KEYS.sendgridApiKey),
  TWILIO_ACCOUNT_SID: z.string().default(SANDBOX_KEYS.twilioAccountSid),
  TWILIO_AUTH_TOKEN: z.string().default(SANDBOX_KEYS.twilioAuthToken),
  /** Requests a second of the Stripe account, and of each of its endpoints; `none`: no limit. */
  STRIPE_RATE_LIMIT: limit(DEFAULT_OPTIONS.rateLimit.globalPerSecond),
  STRIPE_ENDPOINT_RATE_LIMIT: limit(DEFAULT_OPTIONS.rateLimit.endpointPerSecond),
});

/** The sandbox's configuration. Throws a readable error that names each bad variable. */
export const readEnv = () => {
  const parsed = schema.safeParse(process.env);
  if (!parsed.success) throw new Error(`The environment is not valid:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
};
