import { createVenue, createVenueInput } from '@eventhorizon/core/venues/create-venue';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const create = organizerProcedure('venues.write')
  .input(createVenueInput)
  .mutation(({ ctx, input }) => createVenue(ctx.deps, input));
