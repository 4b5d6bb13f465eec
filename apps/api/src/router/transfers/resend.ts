import { resendTransfer } from '@eventhorizon/core/flows/resend-transfer';
import { transferRefSchema } from '@eventhorizon/core/transfers/transfer-input';
import { attendeeProcedure } from '../../trpc/procedures.ts';

export const resend = attendeeProcedure
  .input(transferRefSchema)
  .mutation(({ ctx, input }) => resendTransfer(ctx.deps, { ...input, userId: ctx.userId }));
