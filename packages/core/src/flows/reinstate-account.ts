import type { z } from 'zod';
import { type AccountView, accountViewOf } from '../identity/admins/account-view.ts';
import { type PerformActDeps, performAct } from '../identity/admins/perform-act.ts';
import { findAccount } from '../identity/find-account.ts';
import type { UserStore } from '../identity/ports.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import type { UserId } from '../shared/ids.ts';
import { suspendAccountSchema } from './suspend-account.ts';

export const reinstateAccountSchema = suspendAccountSchema;
export type ReinstateAccount = z.output<typeof reinstateAccountSchema> & { readonly by: UserId };

export type ReinstateAccountDeps = PerformActDeps & NotifyDeps & { readonly users: UserStore };

/** Lets an account in again; its sessions stay over. One that is not suspended stays as it is. Throws `thing.not_found`, `admin.required`. */
export const reinstateAccount = async (
  deps: ReinstateAccountDeps,
  { by, account, reason }: ReinstateAccount,
): Promise<AccountView> => {
  const { id: userId } = await findAccount(deps.users, account);
  await performAct(deps, { kind: 'account_reinstated', by, userId, reason }, async (tx, user, at) => {
    if (user.suspension === null) return false;
    await notify(deps, tx, { kind: 'account_reinstated', userId, occasion: at.toISOString() });
    return deps.administration.reinstate(tx, userId, at);
  });
  return accountViewOf(await findAccount(deps.users, userId));
};
