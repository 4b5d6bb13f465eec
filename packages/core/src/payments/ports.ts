import type { BookingId, EventId, PaymentId, RefundId } from '../shared/ids.ts';
import type { Money } from '../shared/money.ts';
import type { ProviderDispute } from './dispute.ts';

/** A provider's payment intent in our words. */
export type Intent = {
  readonly id: string;
  /** `open`: can still be paid (a card, or 3-D Secure, is awaited). `processing`: the bank decides; it cannot be cancelled now. */
  readonly status: 'open' | 'processing' | 'succeeded' | 'cancelled';
  readonly due: Money;
  readonly received: number;
  /** What the buyer's browser needs to pay. Secret: never logged, never stored. */
  readonly clientSecret: string | null;
  readonly bookingId: BookingId | null;
  readonly paidAt: Date | null;
  readonly lastDecline: { readonly code: string; readonly message: string } | null;
};

export type ProviderRefund = {
  readonly id: string;
  readonly intentId: string | null;
  /** Our id, when the refund was ours. */
  readonly refundId: RefundId | null;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'cancelled';
  readonly amount: Money;
  readonly failureReason: string | null;
};

/**
 * How a call to the provider ended. `rejected`: a definitive answer, stored under the key: the same key will say the same.
 * `limited`: not done, wait. `unknown`: a time-out or a 5xx; it may or may not have happened: ask again with the same key.
 */
export type GatewayResult<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  | { readonly outcome: 'rejected'; readonly code: string; readonly message: string }
  | { readonly outcome: 'limited'; readonly retryAfterMs: number }
  | { readonly outcome: 'unknown'; readonly message: string };

export type CreateIntent = {
  readonly bookingId: BookingId;
  readonly paymentId: PaymentId;
  readonly eventId: EventId;
  readonly attempt: number;
  readonly due: Money;
  readonly description: string;
};

export type ProviderEvent = {
  /** The provider's event id: the same for every delivery of it. */
  readonly id: string;
  readonly type: string;
  readonly createdAt: Date;
} & (
  | { readonly about: 'intent'; readonly intent: Intent }
  | { readonly about: 'refund'; readonly refund: ProviderRefund }
  | { readonly about: 'dispute'; readonly dispute: ProviderDispute }
  | { readonly about: 'other' }
);

/** The payment provider. No call is made inside a lock or a transaction. */
export type PaymentGateway = {
  /**
   * Idempotent by (bookingId, attempt): also the way to find an intent whose creation timed out; it is told as it stands now.
   * `rejected`: under this attempt there is no intent whose client secret anybody was given, so a new attempt is safe.
   */
  readonly createIntent: (command: CreateIntent) => Promise<GatewayResult<Intent>>;
  readonly getIntent: (intentId: string) => Promise<GatewayResult<Intent>>;
  /** Cancelling a paid or processing intent is not an error: the intent comes back as it stands. */
  readonly cancelIntent: (intentId: string) => Promise<GatewayResult<Intent>>;
  readonly refund: (command: {
    refundId: RefundId;
    intentId: string;
    amount: Money;
  }) => Promise<GatewayResult<ProviderRefund>>;
  /** Finds our refund at the provider by its metadata; null when there is none. */
  readonly findRefund: (
    intentId: string,
    refundId: RefundId,
  ) => Promise<GatewayResult<ProviderRefund | null>>;
  /** Verifies the signature over the raw body. Throws DomainError `webhook.bad_signature`. */
  readonly readWebhook: (rawBody: string, signature: string) => Promise<ProviderEvent>;
};

/** A bucket of calls per second to the provider, shared by all processes. */
export type ProviderRateLimit = { readonly take: (account: string) => Promise<boolean> };
