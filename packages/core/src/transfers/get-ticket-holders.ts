import type { BookingStore } from '../bookings/ports.ts';
import { DomainError } from '../shared/errors.ts';
import type { OrganizationId, TicketId } from '../shared/ids.ts';
import type { TicketStore } from '../tickets/stores.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { TransferStore } from './ports.ts';

export type GetTicketHoldersDeps = {
  readonly tickets: Pick<TicketStore, 'find' | 'listOfBooking'>;
  readonly bookings: Pick<BookingStore, 'find'>;
  readonly transfers: Pick<TransferStore, 'listAcceptedOf'>;
};

/** One link of the chain: who had the ticket of this generation, and from when to when. */
export type TicketHolder = Pick<
  Ticket,
  'generation' | 'status' | 'attendeeName' | 'issuedAt' | 'voidedAt'
> & {
  readonly ticketId: TicketId;
  /** The buyer's address, or the one that the ticket was sent to; null: an organizer sold it to somebody who left none. */
  readonly email: string | null;
};

export type TicketHolders = Pick<Ticket, 'eventId' | 'bookingId' | 'unitId' | 'label' | 'ticketTypeName'> & {
  readonly reference: string;
  /** The first holder first. */
  readonly holders: readonly TicketHolder[];
};

/** Through whose hands a ticket went, by the id of any of its generations. Throws `thing.not_found` for one of another organization. */
export const getTicketHolders = async (
  { tickets, bookings, transfers }: GetTicketHoldersDeps,
  { organizationId, ticketId }: { readonly organizationId: OrganizationId; readonly ticketId: TicketId },
): Promise<TicketHolders> => {
  const unknown = new DomainError('thing.not_found', { thing: 'ticket' });
  const ticket = await tickets.find(ticketId);
  if (ticket === null || ticket.organizationId !== organizationId) throw unknown;
  const { bookingId, unitId, eventId, label, ticketTypeName } = ticket;
  const [booking, all, accepted] = await Promise.all([
    bookings.find(bookingId),
    tickets.listOfBooking(bookingId),
    transfers.listAcceptedOf(bookingId),
  ]);
  if (booking === null) throw unknown;
  const sentTo = new Map(accepted.map(({ newTicketId, email }) => [newTicketId, email]));
  const chain = all
    .filter((one) => one.unitId === unitId)
    .sort((a, b) => a.generation - b.generation)
    .map(({ id, generation, status, attendeeName, issuedAt, voidedAt }) => ({
      ticketId: id,
      generation,
      status,
      attendeeName,
      email: sentTo.get(id) ?? (generation === 1 ? booking.buyer.email : null),
      issuedAt,
      voidedAt,
    }));
  return { eventId, bookingId, unitId, label, ticketTypeName, reference: booking.reference, holders: chain };
};
