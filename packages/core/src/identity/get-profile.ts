import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { UserStore } from './ports.ts';
import { type Account, accountOf } from './user.ts';

export type GetProfileDeps = { readonly users: UserStore };

/** The caller's own account. Throws `thing.not_found` when it was deleted since the token was issued. */
export const getProfile = async (deps: GetProfileDeps, { userId }: { userId: UserId }): Promise<Account> => {
  const user = await deps.users.find(userId);
  if (user === null) throw new DomainError('thing.not_found', { thing: 'account' });
  return accountOf(user);
};
