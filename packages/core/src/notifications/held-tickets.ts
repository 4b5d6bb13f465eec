import type { Booking } from '../bookings/booking.ts';
import type { BookingId } from '../shared/ids.ts';
import type { TicketSigner } from '../tickets/ports.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { LetterTicket } from './templates/letter.ts';

export type HeldTicketsDeps = {
  readonly tickets: { readonly listOfBooking: (bookingId: BookingId) => Promise<Ticket[]> };
  readonly signer: Pick<TicketSigner, 'sign'>;
};

/** Valid tickets in the buyer's own hands: one that was passed on has a new code, which is its holder's alone. */
export const heldTickets = async (
  { tickets, signer }: HeldTicketsDeps,
  booking: Booking,
): Promise<LetterTicket[]> => {
  const all = await tickets.listOfBooking(booking.id);
  return await Promise.all(
    all
      .filter(({ status, holderId }) => status === 'valid' && holderId === booking.userId)
      .map(async ({ id: ticketId, eventId, unitId, generation, label, ticketTypeName, attendeeName }) => ({
        ticketId,
        label,
        typeName: ticketTypeName,
        attendeeName,
        code: await signer.sign({ ticketId, eventId, unitId, generation }),
      })),
  );
};
