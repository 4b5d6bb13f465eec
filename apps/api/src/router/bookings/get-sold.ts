import { getBooking } from '@eventhorizon/core/bookings/get-booking';
import { organizerProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from './booking-ref.ts';

/** A booking of the organization's events. */
export const getSold = organizerProcedure('bookings.read')
  .input(bookingRef)
  .query(({ ctx, input: { bookingId, organizationId } }) =>
    getBooking(ctx.deps, { bookingId, reader: { organizationId } }),
  );
