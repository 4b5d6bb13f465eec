import { getSeatMap, getSeatMapInput } from '@eventhorizon/core/venues/get-seat-map';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** What is known of a version, without its seats. */
export const get = organizerProcedure('venues.read')
  .input(getSeatMapInput)
  .query(({ ctx, input }) => getSeatMap(ctx.deps, input));
