import {
  listAccountsSchema,
  listAccounts as listThem,
} from '@eventhorizon/core/identity/admins/list-accounts';
import { adminProcedure } from '../../trpc/procedures.ts';

/** The admins, or the suspended accounts. */
export const listAccounts = adminProcedure
  .input(listAccountsSchema)
  .query(({ ctx, input }) => listThem(ctx.deps, input));
