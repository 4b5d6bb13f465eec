import type { Booking } from '../bookings/booking.ts';
import type { SaleEvent } from '../bookings/ports.ts';
import { DomainError } from '../shared/errors.ts';
import type { BookingId, OrganizationId, TicketId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { CancellationMatter } from './judge-cancellation.ts';
import type { SaleDeps } from './sale-deps.ts';

export type ReadCancellationDeps = Pick<
  SaleDeps,
  'clock' | 'bookings' | 'tickets' | 'payments' | 'saleEvents'
>;

/** Who wants to give tickets up: the account that bought, or the organization that sells. */
export type CancellationParty = { readonly userId: UserId } | { readonly organizationId: OrganizationId };

/** The booking, for its buyer or its seller. Throws `thing.not_found`. */
export const bookingOf = async (
  { bookings }: Pick<SaleDeps, 'bookings'>,
  bookingId: BookingId,
  party: CancellationParty,
  tx?: Tx,
): Promise<Booking> => {
  const booking = await bookings.find(bookingId, tx);
  const isTheirs =
    booking !== null &&
    ('userId' in party ? booking.userId === party.userId : booking.organizationId === party.organizationId);
  if (!isTheirs) throw new DomainError('thing.not_found', { thing: 'booking' });
  return booking;
};

/**
 * What is to be judged: these tickets of a confirmed booking, or all that the party may give up. A buyer gives up what they hold themselves, while the event
 * has not begun; an organizer any ticket at any time. Throws `booking.bad_move`, `tickets.not_valid`, and for a buyer
 * `cancellation.too_late` and, when the event is cancelled and all money goes back anyhow, `sale.closed`.
 */
export const readCancellation = async (
  deps: ReadCancellationDeps,
  booking: Booking,
  party: CancellationParty,
  ticketIds: readonly TicketId[] | undefined,
  tx?: Tx,
): Promise<CancellationMatter> => {
  if (booking.status !== 'confirmed')
    throw new DomainError('booking.bad_move', { from: booking.status, to: 'cancelled' });
  const event = await deps.saleEvents.find(booking.eventId, tx);
  if ('userId' in party) refuseTooLate(event, deps.clock.now());
  const may = (ticket: Ticket): boolean =>
    ticket.status === 'valid' && (!('userId' in party) || ticket.holderId === party.userId);
  const all = (await deps.tickets.listOfBooking(booking.id, tx)).filter(may);
  const tickets = ticketIds === undefined ? all : all.filter(({ id }) => ticketIds.includes(id));
  const found = new Set(tickets.map(({ id }) => id));
  const missing = ticketIds?.filter((id) => !found.has(id)) ?? [];
  if (missing.length > 0 || tickets.length === 0)
    throw new DomainError('tickets.not_valid', { ticketIds: missing });
  const payment = booking.paymentId === null ? null : await deps.payments.find(booking.paymentId, tx);
  return { booking, payment, event, tickets };
};

/** A postponed event is still to come, whatever start it had. */
export const refuseTooLate = (event: SaleEvent | null, now: Date): void => {
  if (event?.status === 'cancelled') throw new DomainError('sale.closed', { reason: 'cancelled' });
  if (event !== null && event.status !== 'postponed' && now >= event.startsAt.at)
    throw new DomainError('cancellation.too_late', { startedAt: event.startsAt.at.toISOString() });
};
