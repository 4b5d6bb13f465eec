import { listSoldBookings, listSoldBookingsInput } from '@eventhorizon/core/flows/list-sold-bookings';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** The bookings of an event, sold online and by the organization; also by reference, buyer, state or list of attendees. */
export const listSold = organizerProcedure('bookings.read')
  .input(listSoldBookingsInput)
  .query(({ ctx, input }) => listSoldBookings(ctx.deps, input));
