import { cancelPendingBooking } from '@eventhorizon/core/flows/cancel-pending-booking';
import { attendeeProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from './booking-ref.ts';

/** Gives an unpaid booking up, whole. */
export const cancelPending = attendeeProcedure
  .input(bookingRef)
  .mutation(({ ctx, input }) => cancelPendingBooking(ctx.deps, { ...input, userId: ctx.userId }));
