import { revokeSession, revokeSessionSchema } from '@eventhorizon/core/identity/revoke-session';
import { attendeeProcedure } from '../../../trpc/procedures.ts';

/** Ends one of the caller's sessions. */
export const revoke = attendeeProcedure
  .input(revokeSessionSchema)
  .mutation(({ ctx, input }) => revokeSession(ctx.deps, { ...input, userId: ctx.userId }));
