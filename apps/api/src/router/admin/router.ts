import { t } from '../../trpc/trpc.ts';
import { claim } from './claim.ts';
import { getAccount } from './get-account.ts';
import { grant } from './grant.ts';
import { listAccounts } from './list-accounts.ts';
import { listActs } from './list-acts.ts';
import { reinstate } from './reinstate.ts';
import { revoke } from './revoke.ts';
import { suspend } from './suspend.ts';

export const adminRouter = t.router({
  claim,
  getAccount,
  listAccounts,
  grant,
  revoke,
  suspend,
  reinstate,
  listActs,
});
