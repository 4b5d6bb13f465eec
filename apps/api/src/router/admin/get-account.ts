import { getAccountSchema, getAccount as lookUp } from '@eventhorizon/core/identity/admins/get-account';
import { adminProcedure } from '../../trpc/procedures.ts';

/** An account by id, user name or e-mail address. */
export const getAccount = adminProcedure
  .input(getAccountSchema)
  .query(({ ctx, input }) => lookUp(ctx.deps, input));
