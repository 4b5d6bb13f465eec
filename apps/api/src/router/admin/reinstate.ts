import { reinstateAccount, reinstateAccountSchema } from '@eventhorizon/core/flows/reinstate-account';
import { adminProcedure } from '../../trpc/procedures.ts';

/** Lets a suspended account in again. */
export const reinstate = adminProcedure
  .input(reinstateAccountSchema)
  .mutation(({ ctx, input }) => reinstateAccount(ctx.deps, { ...input, by: ctx.by }));
