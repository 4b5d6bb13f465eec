import { resolveMismatch as decideMismatch } from '@eventhorizon/core/flows/resolve-mismatch';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { z } from 'zod';
import { organizerProcedure } from '../../trpc/procedures.ts';

const resolveInput = z.object({ incidentId: idSchema('inc'), decision: z.enum(['confirm', 'refund']) });

/** Money that is not what the booking costs: accept it as it is, or send all of it back. */
export const resolveMismatch = organizerProcedure('refunds.write')
  .input(resolveInput)
  .mutation(({ ctx, input }) => decideMismatch(ctx.deps, { ...input, by: ctx.access.userId }));
