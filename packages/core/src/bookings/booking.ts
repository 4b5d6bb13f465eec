import type { RefundPolicy } from '../events/refund-policy.ts';
import type { UnitId } from '../inventory/unit.ts';
import type {
  BookingId,
  EventChangeId,
  EventId,
  HoldId,
  OrganizationId,
  PaymentId,
  RefundId,
  TicketId,
  TicketTypeId,
  UserId,
} from '../shared/ids.ts';
import type { Money } from '../shared/money.ts';
import type { Transitions } from '../shared/state-machine.ts';
import type { Cancellation } from './cancellation.ts';
import type { OrganizerSale } from './organizer-sale.ts';

export const BOOKING_STATUSES = ['pending', 'confirmed', 'closing', 'expired', 'cancelled'] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

/** `closing`: no new intent any more; the old one is being cancelled. `expired -> confirmed` is late money. */
export const bookingTransitions: Transitions<BookingStatus> = {
  pending: ['confirmed', 'closing'],
  closing: ['expired', 'cancelled', 'confirmed'],
  confirmed: ['cancelled'],
  expired: ['confirmed'],
  cancelled: [],
};

export const CLOSE_REASONS = ['unpaid', 'buyer', 'event', 'organizer'] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

/** Money after the end of a booking: the same units again, other ones of the same pools, or all of it sent back. */
export const LATE_MONEY_OUTCOMES = ['same_units', 'other_units', 'refunded'] as const;
export type LateMoneyOutcome = (typeof LATE_MONEY_OUTCOMES)[number];

export type Buyer = {
  readonly name: string;
  /** null only where an organizer sold to somebody who left no address: then nothing is mailed. */
  readonly email: string | null;
  readonly phone: string | null;
  /** Asked for an SMS to `phone` besides the e-mail; absent: no. */
  readonly wantsSms?: boolean | undefined;
  /** For statistics; kept only with consent. */
  readonly statistics: {
    readonly birthYear: number | null;
    readonly city: string | null;
    readonly gender: string | null;
  } | null;
};

/** One unit of a booking with its frozen price in minor units of the booking's currency. */
export type BookingLine = {
  readonly unitId: UnitId;
  readonly label: string;
  readonly priceCategory: string;
  readonly ticketTypeId: TicketTypeId;
  readonly ticketTypeName: string;
  readonly amount: number;
  readonly attendeeName: string | null;
  /** Minted at checkout, so that a repeated finalize issues the same ticket. */
  readonly ticketId: TicketId;
  /**
   * Given up after it was confirmed: by which cancellation (its refund has the same id, where money went back), and how much of its
   * price went back, as it was agreed then. Absent: it was not.
   */
  readonly cancelled?: { readonly id: RefundId; readonly at: Date; readonly returned: number };
};

/** Lines whose tickets were not given up: what the booking still stands for. */
export const linesLeft = ({ lines }: Pick<Booking, 'lines'>): BookingLine[] =>
  lines.filter(({ cancelled }) => cancelled === undefined);

/** What the event was called when it was bought: history and mails read this, not the event. */
export type EventSnapshot = {
  readonly title: string;
  readonly startsAt: { readonly local: string; readonly zone: string; readonly at: Date };
  readonly venueName: string;
  readonly venueAddress: string;
  /** The event's terms when it was bought; they are agreed on then. */
  readonly terms?: string | undefined;
};

export type Booking = {
  readonly id: BookingId;
  /** `EVT-XXXXXX`: for people; never enough to read a booking. */
  readonly reference: string;
  readonly eventId: EventId;
  readonly organizationId: OrganizationId;
  /** The account that bought. null: an organizer sold it to somebody who is known by no account. */
  readonly userId: UserId | null;
  readonly holdId: HoldId;
  /** Number of the turn that it was bought in; no other booking of the event has it, whatever becomes of this one. Absent: in none. */
  readonly turn?: number;
  readonly status: BookingStatus;
  readonly buyer: Buyer;
  readonly lines: readonly BookingLine[];
  readonly total: Money;
  /** null: free, nothing to pay. */
  readonly paymentId: PaymentId | null;
  /** End of the time to pay; null when free. Moves once, when a delayed intent becomes ready. */
  readonly payBy: Date | null;
  readonly closeReason: CloseReason | null;
  /** Set when money came after the end: how that was settled. Told to the buyer as well. */
  readonly lateMoney: LateMoneyOutcome | null;
  readonly event: EventSnapshot;
  /** What goes back to who gives tickets up: the event's policy when it was bought, whatever became of that; absent: nothing. */
  readonly refundPolicy?: RefundPolicy | undefined;
  /** How tickets of it were given up, the oldest first; absent: none was. */
  readonly cancellations?: readonly Cancellation[];
  /** Set when an organizer sold it on the customer's behalf; absent: the buyer booked it. */
  readonly sale?: OrganizerSale;
  /** The last change of its event that it was reached by; absent: none. */
  readonly changeId?: EventChangeId;
  readonly revision: number;
  readonly createdAt: Date;
  readonly confirmedAt: Date | null;
  readonly endedAt: Date | null;
};

/** A booking of an account's own. */
export type OwnBooking = Booking & { readonly userId: UserId };

/** 15 minutes to pay, counted from when paying became possible. */
export const PAYMENT_WINDOW_MS = 15 * 60_000;
