import type { BookingId, EventId, TicketId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Ticket } from './ticket.ts';

export type TicketStore = {
  /** All or none; a second valid ticket for a unit aborts the transaction. */
  readonly insertAll: (tx: Tx, tickets: readonly Ticket[]) => Promise<void>;
  readonly find: (ticketId: TicketId) => Promise<Ticket | null>;
  /** In the order of issue. */
  readonly listOfBooking: (bookingId: BookingId) => Promise<Ticket[]>;
  readonly streamOfEvent: (eventId: EventId) => AsyncIterable<Ticket>;
};
