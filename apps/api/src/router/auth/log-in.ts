import { logInSchema, logIn as startSession } from '@eventhorizon/core/identity/log-in';
import { publicProcedure } from '../../trpc/procedures.ts';

/** By user name or e-mail address. */
export const logIn = publicProcedure
  .input(logInSchema)
  .mutation(({ ctx, input }) =>
    startSession(ctx.deps, { ...input, userAgent: ctx.userAgent, network: ctx.network() }),
  );
