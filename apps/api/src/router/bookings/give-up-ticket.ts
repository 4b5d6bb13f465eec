import { giveUpTicket as giveUp, giveUpTicketInput } from '@eventhorizon/core/flows/give-up-ticket';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Gives a ticket up that somebody else had bought and passed on to the caller. */
export const giveUpTicket = attendeeProcedure.input(giveUpTicketInput).mutation(async ({ ctx, input }) => {
  const { id, status, voidedAt } = await giveUp(ctx.deps, { ...input, userId: ctx.userId });
  return { id, status, voidedAt };
});
