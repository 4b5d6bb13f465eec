import { refreshSession, refreshSessionSchema } from '@eventhorizon/core/identity/refresh-session';
import { publicProcedure } from '../../trpc/procedures.ts';

/** The next pair of tokens. Needs no access token: that one has expired. */
export const refresh = publicProcedure
  .input(refreshSessionSchema)
  .mutation(({ ctx, input }) => refreshSession(ctx.deps, input));
