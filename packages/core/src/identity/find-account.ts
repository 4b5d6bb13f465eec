import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import { isId } from '../shared/ids.ts';
import type { UserStore } from './ports.ts';
import { identityKey, type User } from './user.ts';

/** An account by its id, its user name or its e-mail address. */
export const accountRefSchema = z.string().trim().min(1).max(320);

/** Throws `thing.not_found`. */
export const findAccount = async (
  users: Pick<UserStore, 'find' | 'findByUsernameKey' | 'findByEmailKey'>,
  account: string,
): Promise<User> => {
  const key = identityKey(account);
  // User names have no @ (usernameSchema), and none is as long as an id.
  const user = isId('usr', account)
    ? await users.find(account)
    : await (key.includes('@') ? users.findByEmailKey(key) : users.findByUsernameKey(key));
  if (user === null) throw new DomainError('thing.not_found', { thing: 'account' });
  return user;
};
