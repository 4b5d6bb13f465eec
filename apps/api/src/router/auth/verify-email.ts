import { verifyEmailSchema, verifyEmail as verifyToken } from '@eventhorizon/core/flows/verify-email';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Uses up a mailed code of the account that is logged in: of `auth.register`, `auth.requestVerification` or `profile.changeEmail`. */
export const verifyEmail = attendeeProcedure
  .input(verifyEmailSchema)
  .mutation(({ ctx, input }) =>
    verifyToken(ctx.deps, { ...input, userId: ctx.userId, network: ctx.network() }),
  );
