import { register as registerAccount, registerSchema } from '@eventhorizon/core/flows/register';
import { publicProcedure } from '../../trpc/procedures.ts';

/** Opens an account, mails its address a code for `auth.verifyEmail`, and logs in. */
export const register = publicProcedure
  .input(registerSchema)
  .mutation(({ ctx, input }) =>
    registerAccount(ctx.deps, { ...input, userAgent: ctx.userAgent, network: ctx.network() }),
  );
