/** The credentials that the sandbox accepts, and the secret it signs webhooks with. */
export type SandboxKeys = {
  readonly stripeSecretKey: string;
  readonly stripePublishableKey: string;
  readonly stripeWebhookSecret: string;
  readonly sendgridApiKey: string;
  readonly twilioAccountSid: string;
  readonly twilioAuthToken: string;
};

export type SandboxOptions = {
  readonly keys: SandboxKeys;
  /** Where signed webhooks go; null: no endpoint is registered and no event is delivered. */
  readonly webhookUrl: string | null;
  /** How a browser reaches the sandbox: 3-D Secure redirects go there. */
  readonly publicUrl: string;
  /**
   * Requests per second of the account with the secret key; null: no limit. Stripe's defaults (docs.stripe.com/rate-limits):
   * 100 in live mode (25 in a test environment), and 25 per endpoint.
   */
  readonly rateLimit: { readonly globalPerSecond: number | null; readonly endpointPerSecond: number | null };
  /** The event types that the endpoint subscribed to. */
  readonly webhookEvents: readonly string[];
  /** Pauses before the second, third, … delivery of an event that was not answered with 2xx. */
  readonly webhookRetryDelaysMs: readonly number[];
  readonly webhookTimeoutMs: number;
  /** How long a bank debit or a slow refund takes until it settles by itself. */
  readonly settleDelayMs: number;
  /** How many objects of each kind are kept; the oldest go first. */
  readonly keep: number;
  /** E-mails carry attachments, so fewer of them are kept. */
  readonly keepEmails: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** In [0, 1): decides rules that have a rate. */
  readonly random: () => number;
};

export const SANDBOX_KEYS: SandboxKeys = {
  stripeSecretKey: 'sk_test_sandbox',
  stripePublishableKey: 'pk_test_sandbox',
  stripeWebhookSecret: 'whsec_sandbox',
  sendgridApiKey: 'SG.sandbox',
  twilioAccountSid: 'AC00000000000000000000000000000000',
  twilioAuthToken: 'sandbox-token',
};

const SECOND_MS = 1_000;

export const DEFAULT_OPTIONS: SandboxOptions = {
  keys: SANDBOX_KEYS,
  webhookUrl: null,
  publicUrl: 'http://127.0.0.1:3010',
  rateLimit: { globalPerSecond: 100, endpointPerSecond: 25 },
  webhookEvents: [
    'payment_intent.requires_action',
    'payment_intent.processing',
    'payment_intent.succeeded',
    'payment_intent.payment_failed',
    'payment_intent.canceled',
    'refund.created',
    'refund.updated',
    'refund.failed',
    'charge.dispute.created',
    'charge.dispute.updated',
    'charge.dispute.funds_withdrawn',
    'charge.dispute.funds_reinstated',
    'charge.dispute.closed',
  ],
  // Stripe retries for three days with growing pauses; here the same shape, squeezed into about ten minutes.
  webhookRetryDelaysMs: [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60, 60].map((s) => s * SECOND_MS),
  webhookTimeoutMs: 10 * SECOND_MS,
  settleDelayMs: 3 * SECOND_MS,
  keep: 20_000,
  keepEmails: 5_000,
  now: () => Date.now(),
  random: () => Math.random(),
};
