import { getCorrespondence } from '@eventhorizon/core/notifications/get-correspondence';
import { organizerProcedure } from '../../trpc/procedures.ts';
import { bookingRef } from './booking-ref.ts';

/** What the buyer of a booking was told, and who corrected the address. */
export const correspondence = organizerProcedure('bookings.read')
  .input(bookingRef)
  .query(({ ctx, input: { bookingId, organizationId } }) =>
    getCorrespondence(ctx.deps, { bookingId, reader: { organizationId } }),
  );
