import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import { idSchema, type UserId } from '../shared/ids.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { type CancelBookingDeps, refundBy } from './cancel-booking.ts';
import { cancelledBefore, withOwnRefundId } from './cancelled-before.ts';
import { giveUpTickets } from './give-up-tickets.ts';
import { judgeCancellation } from './judge-cancellation.ts';
import { refuseTooLate } from './read-cancellation.ts';

export const giveUpTicketInput = z.object({
  ticketId: idSchema('tkt'),
  /** As of cancelBookingInput. */
  refundId: idSchema('rfd'),
});
export type GiveUpTicket = z.output<typeof giveUpTicketInput>;

/**
 * Whoever a ticket was passed on to gives it up. What goes back by the booking's policy goes to who paid, who is told; the holder learns
 * nothing of the money. Asked again with the same id it is nothing. Throws `thing.not_found` for a ticket that
 * is somebody else's, `cancellation.needs_quote` to who bought it, `tickets.not_valid`, `cancellation.too_late`, `sale.closed`.
 */
export const giveUpTicket = (
  deps: CancelBookingDeps,
  { userId, ticketId, refundId: id }: GiveUpTicket & { readonly userId: UserId },
): Promise<Ticket> =>
  withOwnRefundId(() =>
    deps.unitOfWork.run(async (tx) => {
      const ticket = await deps.tickets.find(ticketId, tx);
      const booking = ticket === null ? null : await deps.bookings.find(ticket.bookingId, tx);
      if (ticket === null || booking === null || ticket.holderId !== userId)
        throw new DomainError('thing.not_found', { thing: 'ticket' });
      if (booking.userId === userId) throw new DomainError('cancellation.needs_quote', {});
      if ((await cancelledBefore(deps, tx, booking, id)) !== null) return ticket;
      const event = await deps.saleEvents.find(booking.eventId, tx);
      const now = deps.clock.now();
      refuseTooLate(event, now);
      const payment = booking.paymentId === null ? null : await deps.payments.find(booking.paymentId, tx);
      const quote = judgeCancellation({ booking, payment, event, tickets: [ticket] }, now);
      const done = await giveUpTickets(deps, tx, {
        id,
        booking,
        tickets: [ticket],
        by: 'holder',
        refund: refundBy(quote, 'buyer'),
      });
      const [given] = done?.tickets ?? [];
      if (given === undefined) throw new DomainError('tickets.not_valid', { ticketIds: [ticketId] });
      return given;
    }),
  );
