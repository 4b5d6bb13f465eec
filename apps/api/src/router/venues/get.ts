import { getVenue, getVenueInput } from '@eventhorizon/core/venues/get-venue';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const get = organizerProcedure('venues.read')
  .input(getVenueInput)
  .query(({ ctx, input }) => getVenue(ctx.deps, input));
