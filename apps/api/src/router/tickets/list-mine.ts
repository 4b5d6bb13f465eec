import { listMyTickets, listMyTicketsInput } from '@eventhorizon/core/tickets/list-my-tickets';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** The tickets that the caller holds, bought or received, the latest first. */
export const listMine = attendeeProcedure
  .input(listMyTicketsInput)
  .query(({ ctx, input }) => listMyTickets(ctx.deps, { ...input, userId: ctx.userId }));
