import { listAdminActs } from '@eventhorizon/core/identity/admins/list-admin-acts';
import { pageRequestSchema } from '@eventhorizon/core/shared/page';
import { adminProcedure } from '../../trpc/procedures.ts';

/** What admins did, newest first. */
export const listActs = adminProcedure
  .input(pageRequestSchema)
  .query(({ ctx, input }) => listAdminActs(ctx.deps, input));
