import { listBookingTickets } from '@eventhorizon/core/tickets/list-booking-tickets';
import { attendeeProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from './booking-ref.ts';

/** The tickets of one's own booking, with their codes as text and as QR. */
export const tickets = attendeeProcedure
  .input(bookingRef)
  .query(({ ctx, input }) => listBookingTickets(ctx.deps, { ...input, userId: ctx.userId }));
