import type { Booking } from '../bookings/booking.ts';
import type { BookingId, TicketId } from '../shared/ids.ts';
import type { TicketSigner } from '../tickets/ports.ts';
import type { Ticket } from '../tickets/ticket.ts';
import type { LetterTicket } from './templates/letter.ts';

export type HeldTicketsDeps = {
  readonly tickets: { readonly listOfBooking: (bookingId: BookingId) => Promise<Ticket[]> };
  readonly signer: Pick<TicketSigner, 'sign'>;
};

/**
 * Valid tickets in the buyer's own hands: one that was passed on has a new code, which is its holder's alone. With `ticketId` that one
 * ticket alone, whoever holds it; the caller has made sure that it is for its holder.
 */
export const heldTickets = async (
  { tickets, signer }: HeldTicketsDeps,
  booking: Booking,
  ticketId?: TicketId,
): Promise<LetterTicket[]> => {
  const all = await tickets.listOfBooking(booking.id);
  return await Promise.all(
    all
      .filter(({ id, status, holderId }) => {
        const isWanted = ticketId === undefined ? holderId === booking.userId : id === ticketId;
        return status === 'valid' && isWanted;
      })
      .map(async ({ id, eventId, unitId, generation, label, ticketTypeName, attendeeName }) => ({
        ticketId: id,
        label,
        typeName: ticketTypeName,
        attendeeName,
        code: await signer.sign({ ticketId: id, eventId, unitId, generation }),
      })),
  );
};
