import { getTicketHolders } from '@eventhorizon/core/transfers/get-ticket-holders';
import { organizerProcedure } from '../../trpc/procedures.ts';
import { ticketRef } from './ticket-ref.ts';

/** Through whose hands a ticket of the organization's events went. */
export const holders = organizerProcedure('bookings.read')
  .input(ticketRef)
  .query(({ ctx, input }) => getTicketHolders(ctx.deps, input));
