import { declineTransfer } from '@eventhorizon/core/flows/decline-transfer';
import { transferTokenSchema } from '@eventhorizon/core/transfers/transfer-input';
import { publicProcedure } from '../../trpc/procedures.ts';

/** Says no to a ticket, with the code alone. */
export const decline = publicProcedure
  .input(transferTokenSchema)
  .mutation(({ ctx, input }) => declineTransfer(ctx.deps, { ...input, network: ctx.network() }));
