import { DomainError } from '../../shared/errors.ts';
import type { UserId } from '../../shared/ids.ts';
import type { UserStore } from '../ports.ts';
import { refuseAppointing } from './grant-admin.ts';
import { type PerformActDeps, performAct } from './perform-act.ts';

export type AppointFirstAdminDeps = PerformActDeps & { readonly users: Pick<UserStore, 'findByEmailKey'> };

/** Makes an account the first admin. Throws `admin.exists` once there is one, and as grantAdmin does. */
export const makeFirstAdmin = (deps: PerformActDeps, userId: UserId): Promise<void> =>
  performAct(deps, { kind: 'admin_granted', by: null, userId, reason: null }, async (tx, user, at) => {
    if ((await deps.administration.countAdmins(tx)) > 0) throw new DomainError('admin.exists', {});
    refuseAppointing(user);
    return deps.administration.grantAdmin(tx, userId, at);
  });

/**
 * Makes the account of this address the first admin. Doing it again, or in several processes at once, changes nothing: the last admin
 * cannot be removed, so there is a first one once only. Throws `thing.not_found` while nobody has registered with it,
 * `admin.address_unverified` while nobody has proved to read its mail, and `admin.exists`.
 */
export const appointFirstAdmin = async (deps: AppointFirstAdminDeps, emailKey: string): Promise<void> => {
  const user = await deps.users.findByEmailKey(emailKey);
  if (user === null) throw new DomainError('thing.not_found', { thing: 'account' });
  await makeFirstAdmin(deps, user.id);
};
