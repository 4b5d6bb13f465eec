import { getAvailability } from '@eventhorizon/core/inventory/get-availability';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { z } from 'zod';
import { publicProcedure } from '../../trpc/procedures.ts';

/** Ready-made bytes for the plain route. Not part of the public router: what it gives is no JSON. */
export const page = publicProcedure
  .input(z.object({ eventId: idSchema('evt') }))
  .query(({ ctx, input }) => getAvailability(ctx.deps, input));
