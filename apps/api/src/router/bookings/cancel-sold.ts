import { forSeller } from '@eventhorizon/core/bookings/booking-view';
import { cancelSoldBooking, cancelSoldBookingInput } from '@eventhorizon/core/flows/cancel-sold-booking';
import { forOrganizer } from '@eventhorizon/core/refunds/refund-view';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Cancels tickets that the organization sold, and sends back what it decides. */
export const cancelSold = organizerProcedure('bookings.write')
  .input(cancelSoldBookingInput)
  .mutation(async ({ ctx, input }) => {
    const { booking, refund } = await cancelSoldBooking(ctx.deps, { ...input, access: ctx.access });
    return { booking: forSeller(booking), refund: refund && forOrganizer(refund) };
  });
