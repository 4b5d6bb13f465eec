import { grantAdmin, grantAdminSchema } from '@eventhorizon/core/identity/admins/grant-admin';
import { adminProcedure } from '../../trpc/procedures.ts';

/** Makes an account with a verified address an admin. */
export const grant = adminProcedure
  .input(grantAdminSchema)
  .mutation(({ ctx, input }) => grantAdmin(ctx.deps, { ...input, by: ctx.by }));
