import { getBooking } from '@eventhorizon/core/bookings/get-booking';
import { attendeeProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from './booking-ref.ts';

/** One's own booking. */
export const get = attendeeProcedure
  .input(bookingRef)
  .query(({ ctx, input }) => getBooking(ctx.deps, { ...input, reader: { userId: ctx.userId } }));
