import type { Booking } from '../bookings/booking.ts';
import type { Ticket } from './ticket.ts';

/** The tickets of a booking, one a unit. Their ids were minted at checkout, so issuing again makes the same ones. */
export const issueTickets = (booking: Booking, issuedAt: Date): Ticket[] =>
  booking.lines.map((line) => ({
    id: line.ticketId,
    eventId: booking.eventId,
    organizationId: booking.organizationId,
    bookingId: booking.id,
    unitId: line.unitId,
    label: line.label,
    ticketTypeId: line.ticketTypeId,
    ticketTypeName: line.ticketTypeName,
    holderId: booking.userId,
    attendeeName: line.attendeeName,
    status: 'valid',
    generation: 1,
    issuedAt,
    voidedAt: null,
  }));
