import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import { checkBirthYear } from './check-birth-year.ts';
import type { UserStore } from './ports.ts';
import { type ProfileChanges, profileChangesSchema } from './profile-schema.ts';
import { type Account, accountOf } from './user.ts';

export const updateProfileSchema = profileChangesSchema;

export type UpdateProfileDeps = { readonly users: UserStore; readonly clock: Clock };

/** Changes the fields given and leaves the others, also those that another call changes meanwhile. */
export const updateProfile = async (
  deps: UpdateProfileDeps,
  { userId, changes }: { userId: UserId; changes: ProfileChanges },
): Promise<Account> => {
  const now = deps.clock.now();
  checkBirthYear(changes, now);
  const user = await deps.users.changeProfile(userId, changes, now);
  if (user === null) throw new DomainError('thing.not_found', { thing: 'account' });
  return accountOf(user);
};
