import { startTransfer } from '@eventhorizon/core/flows/start-transfer';
import { startTransferSchema } from '@eventhorizon/core/transfers/transfer-input';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Mails the address a code that accepts the caller's ticket; see transfers.accept. */
export const start = attendeeProcedure
  .input(startTransferSchema)
  .mutation(({ ctx, input }) => startTransfer(ctx.deps, { ...input, userId: ctx.userId }));
