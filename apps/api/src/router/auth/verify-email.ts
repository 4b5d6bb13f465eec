import { verifyEmailSchema, verifyEmail as verifyToken } from '@eventhorizon/core/flows/verify-email';
import { publicProcedure } from '../../trpc/procedures.ts';

/** Uses a mailed code up, of `auth.register`, `auth.requestVerification` or `profile.changeEmail`. */
export const verifyEmail = publicProcedure
  .input(verifyEmailSchema)
  .mutation(({ ctx, input }) => verifyToken(ctx.deps, { ...input, network: ctx.network() }));
