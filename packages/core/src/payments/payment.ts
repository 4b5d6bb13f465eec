import type { OfflineMethod } from '../bookings/organizer-sale.ts';
import type { BookingId, EventId, OrganizationId, PaymentId, UserId } from '../shared/ids.ts';
import type { Money } from '../shared/money.ts';
import type { Transitions } from '../shared/state-machine.ts';

export const PAYMENT_STATUSES = ['created', 'processing', 'captured', 'cancelled'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/**
 * A decline is an event (`lastDecline`), not a state: the buyer tries another card on the same intent. Money that comes on
 * a cancelled payment (the provider contradicts itself) is still money: it is captured, then settled as late.
 */
export const paymentTransitions: Transitions<PaymentStatus> = {
  created: ['processing', 'captured', 'cancelled'],
  processing: ['captured', 'cancelled'],
  captured: [],
  cancelled: ['captured'],
};

export type Payment = {
  readonly id: PaymentId;
  readonly bookingId: BookingId;
  readonly eventId: EventId;
  readonly organizationId: OrganizationId;
  readonly userId: UserId | null;
  readonly status: PaymentStatus;
  readonly due: Money;
  /** Part of the provider's idempotency key; raised only after a definitive stored error. */
  readonly attempt: number;
  /** null until the intent exists. */
  readonly intentId: string | null;
  /** Set with the end of the booking's `pending`: from then on no intent is created, recorded or handed out. */
  readonly sealed: boolean;
  /** Minor units that arrived; 0 until captured. */
  readonly captured: number;
  /** The currency that arrived: that of `due`, unless an incident says otherwise. null until captured. */
  readonly capturedCurrency: string | null;
  /** Minor units of refunds that are settled or under way; never above `captured`. */
  readonly refundReserved: number;
  /** Minor units that open and lost disputes withhold; absent: none. */
  readonly withheld?: number;
  readonly lastDecline: { readonly code: string; readonly message: string; readonly at: Date } | null;
  /** Taken outside the provider, captured from the start; it never has an intent. Absent: the provider collects it. */
  readonly offline?: { readonly method: OfflineMethod; readonly takenBy: UserId };
  readonly createdAt: Date;
  readonly capturedAt: Date | null;
};

/** Minor units that can still be sent back: what came, without refunds and what disputes withhold. */
export const refundableOf = ({
  captured,
  refundReserved,
  withheld = 0,
}: Pick<Payment, 'captured' | 'refundReserved' | 'withheld'>): number =>
  Math.max(0, captured - refundReserved - withheld);

/** The provider's idempotency key of an attempt: the same attempt always finds the same intent. */
export const intentKey = (bookingId: BookingId, attempt: number): string => `intent:${bookingId}:${attempt}`;
