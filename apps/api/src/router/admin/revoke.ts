import { revokeAdmin, revokeAdminSchema } from '@eventhorizon/core/identity/admins/revoke-admin';
import { adminProcedure } from '../../trpc/procedures.ts';

/** Takes the right of an admin, but never of the last one. */
export const revoke = adminProcedure
  .input(revokeAdminSchema)
  .mutation(({ ctx, input }) => revokeAdmin(ctx.deps, { ...input, by: ctx.by }));
