import type { Booking } from '../bookings/booking.ts';
import type { Id } from '../shared/ids.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { Transfer } from '../transfers/transfer.ts';

const usr = (n: number): Id<'usr'> => `usr_01h455vb4pex5vsknk084s000${n}` as Id<'usr'>;
const at = new Date('2026-11-02T10:00:00Z');

/** An offer of a ticket of the booking to bob@example.org, just made by its buyer. */
export const sampleTransfer = (booking: Booking, ticket: Ticket, over: Partial<Transfer> = {}): Transfer => ({
  id: 'trf_01h455vb4pex5vsknk084s0001' as Id<'trf'>,
  ticketId: ticket.id,
  eventId: booking.eventId,
  organizationId: booking.organizationId,
  bookingId: booking.id,
  unitId: ticket.unitId,
  label: ticket.label,
  senderId: booking.userId ?? usr(1),
  email: 'bob@example.org',
  emailKey: 'bob@example.org',
  attendeeName: null,
  message: null,
  status: 'open',
  letters: 1,
  lastLetterAt: at,
  receiverId: null,
  newTicketId: null,
  smsTo: null,
  endedAt: null,
  createdAt: at,
  ...over,
});
