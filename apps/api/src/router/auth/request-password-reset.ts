import {
  requestPasswordReset as mailToken,
  requestPasswordResetSchema,
} from '@eventhorizon/core/flows/request-password-reset';
import { publicProcedure } from '../../trpc/procedures.ts';

/** Mails a code for `auth.resetPassword`. The answer is the same whether an account has the address or not. */
export const requestPasswordReset = publicProcedure
  .input(requestPasswordResetSchema)
  .mutation(({ ctx, input }) => mailToken(ctx.deps, { ...input, network: ctx.network() }));
