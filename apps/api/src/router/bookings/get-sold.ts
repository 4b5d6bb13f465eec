import { forSeller } from '@eventhorizon/core/bookings/booking-view';
import { getBooking } from '@eventhorizon/core/bookings/get-booking';
import { organizerProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from './booking-ref.ts';

/** A booking of the organization's events. */
export const getSold = organizerProcedure('bookings.read')
  .input(bookingRef)
  .query(async ({ ctx, input: { bookingId, organizationId } }) =>
    forSeller(await getBooking(ctx.deps, { bookingId, reader: { organizationId } })),
  );
