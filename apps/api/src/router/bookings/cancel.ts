import { forBuyer } from '@eventhorizon/core/bookings/booking-view';
import { cancelBooking, cancelBookingInput } from '@eventhorizon/core/flows/cancel-booking';
import { forPayer } from '@eventhorizon/core/refunds/refund-view';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Gives one's own tickets up, all or some, for what was quoted. */
export const cancel = attendeeProcedure.input(cancelBookingInput).mutation(async ({ ctx, input }) => {
  const { booking, refund } = await cancelBooking(ctx.deps, { ...input, userId: ctx.userId });
  return { booking: forBuyer(booking), refund: refund && forPayer(refund) };
});
