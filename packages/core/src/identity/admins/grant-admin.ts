import { z } from 'zod';
import { DomainError } from '../../shared/errors.ts';
import type { UserId } from '../../shared/ids.ts';
import { lineSchema } from '../../shared/text.ts';
import { accountRefSchema, findAccount } from '../find-account.ts';
import type { UserStore } from '../ports.ts';
import type { User } from '../user.ts';
import { type AccountView, accountViewOf } from './account-view.ts';
import { type PerformActDeps, performAct } from './perform-act.ts';

export const grantAdminSchema = z.object({
  account: accountRefSchema,
  reason: lineSchema(500).nullable().default(null),
});
export type GrantAdmin = z.output<typeof grantAdminSchema> & { readonly by: UserId };

export type GrantAdminDeps = PerformActDeps & { readonly users: UserStore };

/** Throws `admin.address_unverified`, `admin.account_suspended`. Who registers with another's address must not become an admin by it. */
export const refuseAppointing = (user: User): void => {
  if (user.suspension !== null) throw new DomainError('admin.account_suspended', {});
  if (user.emailVerifiedAt === null) throw new DomainError('admin.address_unverified', {});
};

/**
 * Makes an account an admin; one that is stays so. Throws `thing.not_found`, `admin.address_unverified`, `admin.account_suspended`,
 * `admin.required`.
 */
export const grantAdmin = async (
  deps: GrantAdminDeps,
  { by, account, reason }: GrantAdmin,
): Promise<AccountView> => {
  const { id: userId } = await findAccount(deps.users, account);
  await performAct(deps, { kind: 'admin_granted', by, userId, reason }, async (tx, user, at) => {
    if (user.isAdmin) return false;
    refuseAppointing(user);
    return deps.administration.grantAdmin(tx, userId, at);
  });
  return accountViewOf(await findAccount(deps.users, userId));
};
