import { pageRequestSchema } from '@eventhorizon/core/shared/page';
import { listMyTransfers } from '@eventhorizon/core/transfers/list-my-transfers';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** What the caller sent, newest first. */
export const list = attendeeProcedure
  .input(pageRequestSchema)
  .query(({ ctx, input }) => listMyTransfers(ctx.deps, { ...input, userId: ctx.userId }));
