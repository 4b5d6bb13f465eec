import type { UserId } from '../../shared/ids.ts';
import type { Suspension, User } from '../user.ts';

/** An account as admins see it: what they need to act on it, and nothing of its profile. */
export type AccountView = {
  readonly userId: UserId;
  readonly username: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly isAdmin: boolean;
  readonly suspension: Suspension | null;
  readonly createdAt: Date;
};

export const accountViewOf = (user: User): AccountView => ({
  userId: user.id,
  username: user.username,
  email: user.email,
  emailVerified: user.emailVerifiedAt !== null,
  isAdmin: user.isAdmin,
  suspension: user.suspension,
  createdAt: user.createdAt,
});
