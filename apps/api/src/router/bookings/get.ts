import { forBuyer } from '@eventhorizon/core/bookings/booking-view';
import { getBooking } from '@eventhorizon/core/bookings/get-booking';
import { attendeeProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from './booking-ref.ts';

/** One's own booking. */
export const get = attendeeProcedure
  .input(bookingRef)
  .query(async ({ ctx, input }) =>
    forBuyer(await getBooking(ctx.deps, { ...input, reader: { userId: ctx.userId } })),
  );
