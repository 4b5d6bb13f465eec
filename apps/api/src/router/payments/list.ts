import { listMyPayments } from '@eventhorizon/core/payments/list-my-payments';
import { pageRequestSchema } from '@eventhorizon/core/shared/page';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** The caller's payments, newest first. */
export const list = attendeeProcedure
  .input(pageRequestSchema)
  .query(({ ctx, input }) => listMyPayments(ctx.deps, { ...input, userId: ctx.userId }));
