import { z } from 'zod';
import { DomainError } from '../../shared/errors.ts';
import type { UserId } from '../../shared/ids.ts';
import { lineSchema } from '../../shared/text.ts';
import { accountRefSchema, findAccount } from '../find-account.ts';
import type { UserStore } from '../ports.ts';
import { type AccountView, accountViewOf } from './account-view.ts';
import { type PerformActDeps, performAct } from './perform-act.ts';

export const revokeAdminSchema = z.object({ account: accountRefSchema, reason: lineSchema(500) });
export type RevokeAdmin = z.output<typeof revokeAdminSchema> & { readonly by: UserId };

export type RevokeAdminDeps = PerformActDeps & { readonly users: UserStore };

/**
 * Takes the right of an admin, also the caller's own, at once and everywhere (isAdminNow). Acts happen one after the other, so of two
 * last admins who revoke each other one stays. Throws `admin.last`, `thing.not_found`, `admin.required`.
 */
export const revokeAdmin = async (
  deps: RevokeAdminDeps,
  { by, account, reason }: RevokeAdmin,
): Promise<AccountView> => {
  const { id: userId } = await findAccount(deps.users, account);
  await performAct(deps, { kind: 'admin_revoked', by, userId, reason }, async (tx, user, at) => {
    if (!user.isAdmin) return false;
    if ((await deps.administration.countAdmins(tx)) <= 1) throw new DomainError('admin.last', {});
    return deps.administration.revokeAdmin(tx, userId, at);
  });
  return accountViewOf(await findAccount(deps.users, userId));
};
