import { z } from 'zod';
import type { Booking, EventSnapshot } from '../bookings/booking.ts';
import type { BookingStore } from '../bookings/ports.ts';
import type { UserId } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import type { TicketStore } from './stores.ts';
import { TICKET_STATUSES, type Ticket } from './ticket.ts';

export const listMyTicketsInput = pageRequestSchema.extend({
  /** null: those that were passed on or given back as well. */
  status: z.enum(TICKET_STATUSES).nullable().default('valid'),
});
export type ListMyTicketsInput = z.output<typeof listMyTicketsInput>;

/** A ticket as its holder sees it, bought or received; of its booking nothing but the reference and what the event was called. */
export type HeldTicket = Omit<Ticket, 'holderId' | 'organizationId'> & {
  readonly reference: string;
  readonly event: Omit<EventSnapshot, 'terms'>;
};

/** null where there is no booking: none that was issued. */
export const heldTicketOf = (
  { holderId: _holder, organizationId: _organization, ...ticket }: Ticket,
  booking: Booking | null | undefined,
): HeldTicket | null => {
  if (booking === null || booking === undefined) return null;
  const { terms: _terms, ...event } = booking.event;
  return { ...ticket, reference: booking.reference, event };
};

/** What an account holds, whoever paid, the latest first. Codes are shown one by one (getMyTicket). Throws `cursor.invalid`. */
export const listMyTickets = async (
  {
    tickets,
    bookings,
  }: {
    readonly tickets: Pick<TicketStore, 'listOfHolder'>;
    readonly bookings: Pick<BookingStore, 'findMany'>;
  },
  { userId, status, ...page }: ListMyTicketsInput & { readonly userId: UserId },
): Promise<Page<HeldTicket>> => {
  const { items, nextCursor } = await tickets.listOfHolder(userId, { status }, page);
  const found = await bookings.findMany([...new Set(items.map(({ bookingId }) => bookingId))]);
  const byId = new Map(found.map((booking) => [booking.id, booking]));
  return {
    items: items.flatMap((ticket) => heldTicketOf(ticket, byId.get(ticket.bookingId)) ?? []),
    nextCursor,
  };
};
