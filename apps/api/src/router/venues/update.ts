import { updateVenue, updateVenueInput } from '@eventhorizon/core/venues/update-venue';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const update = organizerProcedure('venues.write')
  .input(updateVenueInput)
  .mutation(({ ctx, input }) => updateVenue(ctx.deps, input));
