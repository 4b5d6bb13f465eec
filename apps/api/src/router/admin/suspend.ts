import { suspendAccount, suspendAccountSchema } from '@eventhorizon/core/flows/suspend-account';
import { adminProcedure } from '../../trpc/procedures.ts';

/** Shuts an account out, and ends its sessions. */
export const suspend = adminProcedure
  .input(suspendAccountSchema)
  .mutation(({ ctx, input }) => suspendAccount(ctx.deps, { ...input, by: ctx.by }));
