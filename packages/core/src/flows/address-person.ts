import type { UserId } from '../shared/ids.ts';
import type { SaleDeps } from './sale-deps.ts';

/**
 * Under whom units count that were sold to the address of this account and are not (yet) the account's: they are judged together with its
 * own, whether it has proved the address or not. So nobody has two limits, and who claims a stranger's address only lessens their own.
 */
export const addressPerson = async (
  { users, personKeys }: Pick<SaleDeps, 'users' | 'personKeys'>,
  userId: UserId | null,
): Promise<string | null> => {
  const account = userId === null ? null : await users.find(userId);
  return account === null ? null : personKeys.ofEmail(account.emailKey);
};
