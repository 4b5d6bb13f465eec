import type { BookingStore } from '../bookings/ports.ts';
import { DomainError } from '../shared/errors.ts';
import type { TicketId, UserId } from '../shared/ids.ts';
import { type HeldTicket, heldTicketOf } from './list-my-tickets.ts';
import { type ShownCode, type ShowTicketDeps, showTicket } from './show-ticket.ts';
import type { TicketStore } from './stores.ts';

export type GetMyTicketDeps = ShowTicketDeps & {
  readonly tickets: Pick<TicketStore, 'find'>;
  readonly bookings: Pick<BookingStore, 'find'>;
};

/** One ticket with what a gate reads, for its holder. For anybody else, the buyer too, it is `thing.not_found`. */
export const getMyTicket = async (
  deps: GetMyTicketDeps,
  { userId, ticketId }: { readonly userId: UserId; readonly ticketId: TicketId },
): Promise<HeldTicket & ShownCode> => {
  const ticket = await deps.tickets.find(ticketId);
  const held =
    ticket?.holderId === userId ? heldTicketOf(ticket, await deps.bookings.find(ticket.bookingId)) : null;
  if (ticket === null || held === null) throw new DomainError('thing.not_found', { thing: 'ticket' });
  return { ...held, ...(await showTicket(deps, ticket)) };
};
