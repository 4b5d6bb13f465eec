import type { BookingId, EventId, OrganizationId, PaymentId, RefundId, UserId } from '../shared/ids.ts';
import type { Money } from '../shared/money.ts';
import type { Transitions } from '../shared/state-machine.ts';

export const REFUND_STATUSES = ['requested', 'in_transit', 'settled', 'failed', 'cancelled'] as const;
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** A bank can send a settled refund back days later: `settled -> failed`. */
export const refundTransitions: Transitions<RefundStatus> = {
  requested: ['in_transit', 'settled', 'failed', 'cancelled'],
  in_transit: ['settled', 'failed'],
  settled: ['failed'],
  failed: [],
  cancelled: [],
};

/** `provider`: somebody made it in the provider's own dashboard. */
export const REFUND_REASONS = [
  'late_money',
  'event_cancelled',
  'payment_mismatch',
  'organizer',
  'buyer',
  'provider',
] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

/** Money on its way back. Its amount is part of the payment's `refundReserved` until it fails or is cancelled. */
export type Refund = {
  readonly id: RefundId;
  readonly paymentId: PaymentId;
  readonly bookingId: BookingId;
  readonly eventId: EventId;
  readonly organizationId: OrganizationId;
  readonly userId: UserId | null;
  /** null: the money was taken outside the provider, and an organizer gives it back by hand. */
  readonly intentId: string | null;
  readonly status: RefundStatus;
  readonly amount: Money;
  readonly reason: RefundReason;
  /** What an organizer said about it; absent: nothing. */
  readonly note?: string;
  /** The provider's id, once it took the refund. */
  readonly providerId: string | null;
  readonly failureReason: string | null;
  /** Who gave the money back by hand, and how; absent until then, and where the provider does it. */
  readonly paidBack?: { readonly by: UserId; readonly note: string | null };
  readonly requestedAt: Date;
  /** When it was first sent under the provider's present idempotency key; null until then. */
  readonly sentAt: Date | null;
  readonly endedAt: Date | null;
};

/**
 * Stripe forgets idempotency keys after at least 24 h (https://docs.stripe.com/api/idempotent_requests): a refund whose
 * outcome was unknown for this long is looked for before it is sent again.
 */
export const REFUND_KEY_TRUSTED_MS = 20 * 3_600_000;
