import { register as registerAccount, registerSchema } from '@eventhorizon/core/identity/register';
import { publicProcedure } from '../../trpc/procedures.ts';

/** Opens an account and logs in. */
export const register = publicProcedure
  .input(registerSchema)
  .mutation(({ ctx, input }) =>
    registerAccount(ctx.deps, { ...input, userAgent: ctx.userAgent, network: ctx.network() }),
  );
