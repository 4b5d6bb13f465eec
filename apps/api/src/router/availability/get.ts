import { getAvailability } from '@eventhorizon/core/inventory/get-availability';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { z } from 'zod';
import { publicProcedure } from '../../trpc/procedures.ts';

/** Counts and seat states, at most 250 ms old. Who asks often takes the plain route, which is compressed and has an ETag. */
export const get = publicProcedure
  .input(z.object({ eventId: idSchema('evt') }))
  .query(async ({ ctx, input }) => (await getAvailability(ctx.deps, input)).view);
