import type { Booking } from '../bookings/booking.ts';
import type { SaleEvent } from '../bookings/ports.ts';
import { fullRefundUntil } from '../events/postponement.ts';
import { refundPolicyIn } from '../events/refund-policy.ts';
import { type Payment, refundableOf } from '../payments/payment.ts';
import { quoteRefund, type RefundTerms } from '../refunds/quote-refund.ts';
import type { BookingId, TicketId } from '../shared/ids.ts';
import { type Money, money } from '../shared/money.ts';
import type { Ticket } from '../tickets/ticket.ts';

/** One ticket of a quote. Amounts are minor units of the quote's currency. */
export type QuotedTicket = {
  readonly ticketId: TicketId;
  readonly label: string;
  readonly ticketTypeName: string;
  readonly attendeeName: string | null;
  readonly price: number;
  readonly percent: number;
  readonly returned: number;
};

/** What would come back for these tickets if they were given up now. */
export type CancellationQuote = {
  readonly bookingId: BookingId;
  readonly tickets: readonly QuotedTicket[];
  /** Of all of them together: what is passed back to agree. */
  readonly total: Money;
  /** The last instant at which this holds, unless something else changes. null: for ever. */
  readonly validUntil: Date | null;
  /** An organizer took the money, so an organizer gives it back. */
  readonly byHand: boolean;
};

/** All that a cancellation is judged by. */
export type CancellationMatter = {
  readonly booking: Booking;
  /** null: nothing was paid. */
  readonly payment: Payment | null;
  readonly event: SaleEvent | null;
  /** Those to give up. */
  readonly tickets: readonly Ticket[];
};

/**
 * The quote by the policy under which the booking was made; `inFull` whatever that says. A start that was moved to an earlier time takes nothing
 * away: the later one counts. Pure.
 */
export const judgeCancellation = (
  { booking, payment, event, tickets }: CancellationMatter,
  now: Date,
  inFull = false,
): CancellationQuote => {
  const { currency } = booking.total;
  const lineOf = new Map(booking.lines.map((line) => [line.unitId, line]));
  const lines = tickets.flatMap((ticket) => {
    const line = lineOf.get(ticket.unitId);
    return line === undefined ? [] : [{ ticket, line }];
  });
  const terms: RefundTerms = {
    policy: refundPolicyIn(booking),
    startsAt: latestStart(booking, event),
    fullRefundUntil: inFull ? now : event && fullRefundUntil(event, boughtAt(booking, event)),
    refundable: money(payment === null ? 0 : refundableOf(payment), payment?.capturedCurrency ?? currency),
  };
  // Tickets have no fee apart from their price.
  const { parts, total, validUntil } = quoteRefund(
    lines.map(({ line: { ticketTypeId, amount } }) => ({
      ticketTypeId,
      price: money(amount, terms.refundable.currency),
      fee: money(0, terms.refundable.currency),
    })),
    terms,
    now,
  );
  return {
    bookingId: booking.id,
    tickets: lines.map(({ ticket, line }, n) => ({
      ticketId: ticket.id,
      label: line.label,
      ticketTypeName: line.ticketTypeName,
      attendeeName: ticket.attendeeName,
      price: line.amount,
      percent: parts[n]?.percent ?? 0,
      returned: parts[n]?.returned.amount ?? 0,
    })),
    total,
    validUntil: inFull ? null : validUntil,
    byHand: payment?.offline !== undefined,
  };
};

/**
 * Whom a change has reached has bought before it, also who was in the shop in the moment in which it was made: the letter says so.
 */
const boughtAt = ({ changeId, createdAt }: Booking, { postponement }: SaleEvent): Date =>
  changeId !== undefined && postponement !== undefined && createdAt > postponement.at
    ? postponement.at
    : createdAt;

/** Of the start it was bought for, the one that counts now, and those in between: the one that leaves the most time. */
const latestStart = (booking: Booking, event: SaleEvent | null): Date => {
  const { postponement, startsAt } = event ?? {};
  const between =
    event !== null && postponement !== undefined && boughtAt(booking, event) <= postponement.at
      ? postponement.latestStart
      : null;
  return [startsAt?.at, between].reduce<Date>(
    (latest, start) => (start && start > latest ? start : latest),
    booking.event.startsAt.at,
  );
};
