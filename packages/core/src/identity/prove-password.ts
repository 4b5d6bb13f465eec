import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import { type LimitDeps, limitAttempts } from './attempts.ts';
import type { PasswordHasher, UserStore } from './ports.ts';
import type { User } from './user.ts';

export type ProvePasswordDeps = LimitDeps & {
  readonly users: Pick<UserStore, 'find'>;
  readonly hasher: Pick<PasswordHasher, 'verify'>;
};

/**
 * The account, to who is logged in and knows its password: whoever took over a session does not. `mayGoOn` refuses what needs no hash.
 * Throws `account.wrong_password`, `account.suspended`, `thing.not_found`, and `auth.too_many_attempts` before the hash.
 */
export const provePassword = async (
  deps: ProvePasswordDeps,
  userId: UserId,
  password: string,
  mayGoOn: (user: User) => void = () => undefined,
): Promise<User> => {
  const user = await deps.users.find(userId);
  if (user === null) throw new DomainError('thing.not_found', { thing: 'account' });
  if (user.suspension !== null) throw new DomainError('account.suspended', {});
  mayGoOn(user);
  await limitAttempts(deps, 'prove_password_per_account', userId);
  const { matches } = await deps.hasher.verify(user.passwordHash, password);
  if (!matches) throw new DomainError('account.wrong_password', {});
  await deps.attempts.forget('prove_password_per_account', userId);
  return user;
};
