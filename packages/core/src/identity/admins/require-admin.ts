import { DomainError } from '../../shared/errors.ts';
import type { UserId } from '../../shared/ids.ts';
import type { UserStore } from '../ports.ts';

/**
 * Whether an account is an admin now. Access tokens say what was true when they were issued; a right this great is looked up each
 * time, so that it ends at once when it is taken.
 */
export const isAdminNow = async (users: Pick<UserStore, 'find'>, userId: UserId): Promise<boolean> => {
  const user = await users.find(userId);
  return user?.isAdmin === true && user.suspension === null;
};

/** Throws `admin.required`. */
export const requireAdmin = async (users: Pick<UserStore, 'find'>, userId: UserId): Promise<UserId> => {
  if (!(await isAdminNow(users, userId))) throw new DomainError('admin.required', {});
  return userId;
};
