import { getMyTicket } from '@eventhorizon/core/tickets/get-my-ticket';
import { attendeeProcedure } from '../../trpc/procedures.ts';
import { ticketRef } from './ticket-ref.ts';

/** A ticket that the caller holds, with its code as text and as QR. */
export const get = attendeeProcedure
  .input(ticketRef)
  .query(({ ctx, input }) => getMyTicket(ctx.deps, { ...input, userId: ctx.userId }));
