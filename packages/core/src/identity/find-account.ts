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
  // User names have no @ and are no ids (usernameSchema). What has the form of an id, also in capitals, is looked up as one only.
  const user = isId('usr', key)
    ? await users.find(key)
    : await (key.includes('@') ? users.findByEmailKey(key) : users.findByUsernameKey(key));
  if (user === null) throw new DomainError('thing.not_found', { thing: 'account' });
  return user;
};
