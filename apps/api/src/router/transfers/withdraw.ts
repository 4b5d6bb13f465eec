import { withdrawTransfer } from '@eventhorizon/core/flows/withdraw-transfer';
import { transferRefSchema } from '@eventhorizon/core/transfers/transfer-input';
import { attendeeProcedure } from '../../trpc/procedures.ts';

export const withdraw = attendeeProcedure
  .input(transferRefSchema)
  .mutation(({ ctx, input }) => withdrawTransfer(ctx.deps, { ...input, userId: ctx.userId }));
