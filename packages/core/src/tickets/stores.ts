import type { BookingId, EventId, TicketId, UserId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Ticket, TicketStatus } from './ticket.ts';

export type TicketStore = {
  /** All or none; a second valid ticket for a unit aborts the transaction. */
  readonly insertAll: (tx: Tx, tickets: readonly Ticket[]) => Promise<void>;
  readonly find: (ticketId: TicketId, tx?: Tx) => Promise<Ticket | null>;
  /** What an account holds or held, the latest first. Throws `cursor.invalid`. */
  readonly listOfHolder: (
    holderId: UserId,
    filter: { readonly status: TicketStatus | null },
    page: PageRequest,
  ) => Promise<Page<Ticket>>;
  /** In the order of issue. */
  readonly listOfBooking: (bookingId: BookingId, tx?: Tx) => Promise<Ticket[]>;
  /** The same of several bookings in one round trip, all mixed. */
  readonly listOfBookings: (bookingIds: readonly BookingId[]) => Promise<Ticket[]>;
  /** valid -> void, each only while it is this holder's and of this generation. Returns how many moved. */
  readonly markVoid: (
    tx: Tx,
    tickets: readonly Pick<Ticket, 'id' | 'holderId' | 'generation'>[],
    at: Date,
  ) => Promise<number>;
  /** Tickets of the booking that are held by no account are this one's. Their codes stay as they are. */
  readonly markAdopted: (tx: Tx, bookingId: BookingId, holderId: UserId) => Promise<void>;
  readonly streamOfEvent: (eventId: EventId) => AsyncIterable<Ticket>;
};
