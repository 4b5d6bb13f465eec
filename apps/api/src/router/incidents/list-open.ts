import { listOpenIncidents } from '@eventhorizon/core/payments/list-open-incidents';
import { pageRequestSchema } from '@eventhorizon/core/shared/page';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** What the organization still has to decide about money, newest first. */
export const listOpen = organizerProcedure('bookings.read')
  .input(pageRequestSchema)
  .query(({ ctx, input }) => listOpenIncidents(ctx.deps, input));
