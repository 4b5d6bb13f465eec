import { resetPasswordSchema, resetPassword as setPassword } from '@eventhorizon/core/flows/reset-password';
import { publicProcedure } from '../../trpc/procedures.ts';

/** A new password by a mailed code. Ends all sessions; log in afterwards. */
export const resetPassword = publicProcedure
  .input(resetPasswordSchema)
  .mutation(({ ctx, input }) => setPassword(ctx.deps, { ...input, network: ctx.network() }));
