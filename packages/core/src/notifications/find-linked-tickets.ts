import type { Booking } from '../bookings/booking.ts';
import type { BookingStore } from '../bookings/ports.ts';
import type { EventStore } from '../events/ports.ts';
import { addMs, type Clock } from '../shared/clock.ts';
import { type HeldTicketsDeps, heldTickets } from './held-tickets.ts';
import type { TicketLinkSource, TicketLinkStore } from './ports.ts';
import type { LetterTicket } from './templates/letter.ts';
import { LINK_OUTLIVES_EVENT_MS, TICKET_LINK_CODE } from './ticket-link.ts';

export type FindLinkedTicketsDeps = HeldTicketsDeps & {
  readonly links: Pick<TicketLinkStore, 'find'>;
  readonly linkSource: Pick<TicketLinkSource, 'hashOf'>;
  readonly bookings: Pick<BookingStore, 'find'>;
  readonly events: Pick<EventStore, 'find'>;
  readonly clock: Clock;
};

export type LinkedTickets = {
  readonly booking: Booking;
  /** The show was put off, and its new date is not known yet. */
  readonly dateOpen: boolean;
  /** Valid ones in the hands of who was sent the link; none when they were passed on or given back. */
  readonly tickets: readonly LetterTicket[];
};

/**
 * What the code of a ticket link opens. null alike for a code that never was and for one whose event is over: the answer tells nobody
 * whether a code was right once. A postponed event has no end yet.
 */
export const findLinkedTickets = async (
  deps: FindLinkedTicketsDeps,
  code: string,
): Promise<LinkedTickets | null> => {
  if (!TICKET_LINK_CODE.test(code)) return null;
  const link = await deps.links.find(deps.linkSource.hashOf(code));
  if (link === null) return null;
  const booking = await deps.bookings.find(link.bookingId);
  if (booking === null) return null;
  const event = await deps.events.find(booking.eventId);
  if (event === null) return null;
  const opensUntil = addMs(event.endsAt.at, LINK_OUTLIVES_EVENT_MS);
  const dateOpen = event.status === 'postponed';
  if (!dateOpen && deps.clock.now() >= opensUntil) return null;
  const { ticketId } = link;
  return { booking, dateOpen, tickets: await heldTickets(deps, booking, ticketId) };
};
