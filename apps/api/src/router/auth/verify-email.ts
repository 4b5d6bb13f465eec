import { verifyEmailSchema, verifyEmail as verifyToken } from '@eventhorizon/core/identity/verify-email';
import { publicProcedure } from '../../trpc/procedures.ts';

/** Uses a mailed code up. */
export const verifyEmail = publicProcedure
  .input(verifyEmailSchema)
  .mutation(({ ctx, input }) => verifyToken(ctx.deps, { ...input, network: ctx.network() }));
