import { forceRelease as releaseByForce } from '@eventhorizon/core/flows/force-release';
import { organizerProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from './booking-ref.ts';

/** Frees the units of an unpaid booking although the bank has not decided. */
export const forceRelease = organizerProcedure('bookings.write')
  .input(bookingRef)
  .mutation(({ ctx, input }) => releaseByForce(ctx.deps, input));
