import { acceptTransfer } from '@eventhorizon/core/flows/accept-transfer';
import { getMyTicket } from '@eventhorizon/core/tickets/get-my-ticket';
import { acceptTransferSchema } from '@eventhorizon/core/transfers/transfer-input';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Gives the caller the ticket, if their verified address is the one it was sent to. */
export const accept = attendeeProcedure.input(acceptTransferSchema).mutation(async ({ ctx, input }) => {
  const { userId } = ctx;
  const { id: ticketId } = await acceptTransfer(ctx.deps, { ...input, userId });
  return getMyTicket(ctx.deps, { ticketId, userId });
});
