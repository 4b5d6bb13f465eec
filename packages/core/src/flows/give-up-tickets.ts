import { type Booking, type BookingLine, linesLeft } from '../bookings/booking.ts';
import type { Cancellation, Canceller } from '../bookings/cancellation.ts';
import { refundableOf } from '../payments/payment.ts';
import { createRefund } from '../refunds/create-refund.ts';
import type { Refund, RefundReason } from '../refunds/refund.ts';
import { DomainError } from '../shared/errors.ts';
import type { RefundId } from '../shared/ids.ts';
import { allocate, money } from '../shared/money.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { movedMeanwhile } from './confirm-bookings.ts';
import { freeClaimsOf } from './free-claims-of.ts';
import type { FreeUnitsDeps } from './free-units.ts';
import { lapseTransfers } from './lapse-transfers.ts';
import type { SaleDeps } from './sale-deps.ts';
import { tellOfCancellation } from './tell-of-cancellation.ts';

export type GiveUpTicketsDeps = FreeUnitsDeps &
  Pick<SaleDeps, 'ids' | 'bookings' | 'tickets' | 'transfers' | 'payments' | 'refunds' | 'notifications'>;

/** Money that goes back for tickets; `all`: whatever is still refundable. `parts`: of each ticket, where they were agreed on. */
export type GiveUpRefund = {
  readonly amount: number | 'all';
  readonly parts?: readonly number[];
  readonly reason: RefundReason;
  readonly note?: string | undefined;
};

export type GiveUpTickets = {
  /** Names this cancellation, and its refund where money goes back. */
  readonly id: RefundId;
  /** As it stands in `tx`. */
  readonly booking: Booking;
  /** Valid ones of the booking as they stand in `tx`, whoever holds them; `all`: all of them. */
  readonly tickets: readonly Ticket[] | 'all';
  readonly by: Canceller;
  /** Who of the organizer's team decided it, and why; for the record. */
  readonly decided?: Cancellation['decided'];
  /** null: no money goes back. */
  readonly refund: GiveUpRefund | null;
  /** Said to the buyer in the common letter, and to other holders. */
  readonly message?: string | undefined;
  /** null: nobody is told from here, because the caller does. */
  readonly notice?: null;
};

export type GivenUp = {
  readonly booking: Booking;
  readonly tickets: readonly Ticket[];
  readonly refund: Refund | null;
};

/**
 * Tickets of a confirmed booking are void, their units free, and the money for them on its way back, as part of `tx`. The prices of
 * what is left stay as they were. With nothing left the booking is cancelled. null, and nothing done, when the booking is
 * not confirmed: who repeats a cancellation finds it done. Throws (and so aborts `tx`) `tickets.not_valid` for tickets that are not
 * valid, `refund.exceeds_captured`, and `busy.try_again` when something moved meanwhile: of two at once one comes after
 * the other, so that the last ticket is always noticed as the last.
 */
export const giveUpTickets = async (
  deps: GiveUpTicketsDeps,
  tx: Tx,
  command: GiveUpTickets,
): Promise<GivenUp | null> => {
  const { id, booking, by, decided, message } = command;
  if (booking.status !== 'confirmed') return null;
  const now = deps.clock.now();
  const left = linesLeft(booking);
  const tickets = await ticketsOf(deps, tx, command);
  const units = new Set<string>(tickets.map(({ unitId }) => unitId));
  const gone = left.filter(({ unitId }) => units.has(unitId));
  const refund = await sendBack(deps, tx, command);
  const returned = shares(refund, command.refund?.parts, tickets, gone);
  const lines = booking.lines.map((line): BookingLine => {
    const part = returned.get(line.unitId);
    return part === undefined || line.cancelled !== undefined
      ? line
      : { ...line, cancelled: { id, at: now, returned: part } };
  });
  const whole = gone.length === left.length;
  const ended = whole ? { at: now, reason: by === 'holder' ? ('buyer' as const) : by } : null;
  const cancellation: Cancellation = {
    id,
    at: now,
    by,
    returned: refund?.amount.amount ?? 0,
    ...(decided !== undefined && { decided }),
  };
  if (!(await deps.bookings.markTicketsCancelled(tx, booking, lines, cancellation, ended)))
    throw movedMeanwhile();
  if ((await deps.tickets.markVoid(tx, tickets, now)) !== tickets.length)
    throw new DomainError('tickets.not_valid', { ticketIds: tickets.map(({ id }) => id) });
  await lapseTransfers(
    deps,
    tx,
    tickets.map((ticket) => ticket.id),
  );
  const revision = booking.revision + 1;
  await freeClaimsOf(deps, tx, booking, [...returned.keys()], `cancelled:${revision}`);
  if (command.notice !== null)
    await tellOfCancellation(deps, tx, { booking, tickets, by, revision, whole, message, refund });
  return {
    booking: {
      ...booking,
      lines,
      cancellations: [...(booking.cancellations ?? []), cancellation],
      revision,
      ...(ended !== null && { status: 'cancelled', closeReason: ended.reason, endedAt: ended.at }),
    },
    tickets: tickets.map((ticket) => ({ ...ticket, status: 'void', voidedAt: now })),
    refund,
  };
};

/** Throws `tickets.not_valid` for one that is void, foreign, or named twice, and when there is none. */
const ticketsOf = async (
  { tickets }: GiveUpTicketsDeps,
  tx: Tx,
  { booking, tickets: wanted }: GiveUpTickets,
): Promise<readonly Ticket[]> => {
  if (wanted === 'all')
    return (await tickets.listOfBooking(booking.id, tx)).filter(({ status }) => status === 'valid');
  const bad = wanted.filter(({ status, bookingId }) => status !== 'valid' || bookingId !== booking.id);
  if (bad.length > 0 || wanted.length === 0 || new Set(wanted.map(({ id }) => id)).size < wanted.length)
    throw new DomainError('tickets.not_valid', { ticketIds: bad.map(({ id }) => id) });
  return wanted;
};

const sendBack = async (
  deps: GiveUpTicketsDeps,
  tx: Tx,
  { id: refundId, booking: { paymentId }, refund }: GiveUpTickets,
): Promise<Refund | null> => {
  if (refund === null || refund.amount === 0) return null;
  const payment = paymentId === null ? null : await deps.payments.find(paymentId, tx);
  if (payment === null) {
    if (refund.amount === 'all') return null;
    throw new DomainError('refund.exceeds_captured', { refundable: 0 });
  }
  const { reason, note } = refund;
  const amount = refund.amount === 'all' ? refundableOf(payment) : refund.amount;
  return amount === 0 ? null : createRefund(deps, tx, { refundId, payment, amount, reason, note });
};

/** How much of the refund was for which unit. What was not agreed on by ticket goes by the prices. */
const shares = (
  refund: Refund | null,
  parts: readonly number[] | undefined,
  tickets: readonly Ticket[],
  gone: readonly BookingLine[],
): ReadonlyMap<BookingLine['unitId'], number> => {
  if (refund === null || gone.length === 0) return new Map(gone.map(({ unitId }) => [unitId, 0]));
  if (parts !== undefined) return new Map(tickets.map(({ unitId }, n) => [unitId, parts[n] ?? 0]));
  const shared = allocate(
    money(refund.amount.amount, refund.amount.currency),
    gone.map(({ amount }) => amount),
  );
  return new Map(gone.map(({ unitId }, n) => [unitId, shared[n]?.amount ?? 0]));
};
