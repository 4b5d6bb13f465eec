import { getBooking } from '../bookings/get-booking.ts';
import type { BookingStore } from '../bookings/ports.ts';
import type { BookingId, UserId } from '../shared/ids.ts';
import { type ShownCode, type ShowTicketDeps, showTicket } from './show-ticket.ts';
import type { TicketStore } from './stores.ts';
import type { Ticket } from './ticket.ts';

export type ListBookingTicketsDeps = ShowTicketDeps & {
  readonly bookings: Pick<BookingStore, 'find'>;
  readonly tickets: Pick<TicketStore, 'listOfBooking'>;
};

/** A ticket with what a gate reads. A void one has neither. */
export type ShownTicket = Omit<Ticket, 'holderId' | 'organizationId'> & ShownCode;

/** The tickets of one's own booking with their codes, made anew each time. Throws `thing.not_found`. */
export const listBookingTickets = async (
  deps: ListBookingTicketsDeps,
  { userId, bookingId }: { readonly userId: UserId; readonly bookingId: BookingId },
): Promise<ShownTicket[]> => {
  await getBooking(deps, { bookingId, reader: { userId } });
  const tickets = await deps.tickets.listOfBooking(bookingId);
  // Whoever was given a ticket by transfer shows it; the buyer does not any more.
  return Promise.all(
    tickets.filter(({ holderId }) => holderId === userId).map((ticket) => show(deps, ticket)),
  );
};

const show = async (deps: ShowTicketDeps, ticket: Ticket): Promise<ShownTicket> => {
  const { holderId: _holder, organizationId: _organization, ...shown } = ticket;
  return { ...shown, ...(await showTicket(deps, ticket)) };
};
