import { listSeatsInput, listSeats as listSeatsOfMap } from '@eventhorizon/core/venues/list-seats';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** A stretch of seats for drawing. */
export const listSeats = organizerProcedure('venues.read')
  .input(listSeatsInput)
  .query(({ ctx, input }) => listSeatsOfMap(ctx.deps, input));
