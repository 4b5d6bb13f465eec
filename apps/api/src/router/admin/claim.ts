import { claimFirstAdmin, claimFirstAdminSchema } from '@eventhorizon/core/identity/admins/claim-first-admin';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Makes the caller the first admin, by FIRST_ADMIN_CODE. */
export const claim = attendeeProcedure
  .input(claimFirstAdminSchema)
  .mutation(({ ctx, input }) =>
    claimFirstAdmin(ctx.deps, { ...input, userId: ctx.userId, network: ctx.network() }),
  );
