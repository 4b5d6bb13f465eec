import { listMyRefunds } from '@eventhorizon/core/refunds/list-my-refunds';
import { attendeeProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from './booking-ref.ts';

/** The refunds of one's own booking, and how they stand. */
export const refunds = attendeeProcedure
  .input(bookingRef)
  .query(({ ctx, input }) => listMyRefunds(ctx.deps, { ...input, userId: ctx.userId }));
