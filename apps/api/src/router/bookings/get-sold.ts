import { getSoldBooking } from '@eventhorizon/core/flows/get-sold-booking';
import { organizerProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from './booking-ref.ts';

/** A booking of the organization's events, with its tickets and its money. */
export const getSold = organizerProcedure('bookings.read')
  .input(bookingRef)
  .query(({ ctx, input }) => getSoldBooking(ctx.deps, input));
