import { previewTransfer } from '@eventhorizon/core/transfers/preview-transfer';
import { transferTokenSchema } from '@eventhorizon/core/transfers/transfer-input';
import { publicProcedure } from '../../trpc/procedures.ts';

/** What the code in a letter is good for, before logging in. Uses nothing up. */
export const preview = publicProcedure
  .input(transferTokenSchema)
  .query(({ ctx, input }) => previewTransfer(ctx.deps, input));
