import { listSeatMaps, listSeatMapsInput } from '@eventhorizon/core/venues/list-seat-maps';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** A venue's versions, newest first. */
export const list = organizerProcedure('venues.read')
  .input(listSeatMapsInput)
  .query(({ ctx, input }) => listSeatMaps(ctx.deps, input));
