import { listVenues, listVenuesInput } from '@eventhorizon/core/venues/list-venues';
import { organizerProcedure } from '../../trpc/procedures.ts';

export const list = organizerProcedure('venues.read')
  .input(listVenuesInput)
  .query(({ ctx, input }) => listVenues(ctx.deps, input));
