import { DomainError } from '../shared/errors.ts';
import { identityKey, type User } from './user.ts';

/** Throws `input.invalid` for a new password that is the account's name or address (as registerSchema does). */
export const refuseOwnName = (user: User, newPassword: string): void => {
  const key = identityKey(newPassword);
  if (key === user.usernameKey || key === user.emailKey) {
    throw new DomainError('input.invalid', {
      issues: [{ path: 'newPassword', message: 'must not be the user name or the e-mail address' }],
    });
  }
};
