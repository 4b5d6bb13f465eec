import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import type { IdSource } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { type LimitDeps, limitAttempts } from './attempts.ts';
import { checkBirthYear } from './check-birth-year.ts';
import { type FollowAddressDeps, followAddress } from './follow-address.ts';
import { emailSchema, newPasswordSchema, usernameSchema } from './identity-schemas.ts';
import { type IssueTokensDeps, issueTokens, type LoggedIn } from './issue-tokens.ts';
import type { PasswordHasher, SessionStore, UserStore } from './ports.ts';
import { profileChangesSchema } from './profile-schema.ts';
import { type SessionOrigin, startSession } from './session.ts';
import { DEFAULT_LOCALE, identityKey, type Profile, type User } from './user.ts';

const EMPTY_PROFILE: Profile = {
  name: null,
  phone: null,
  locale: DEFAULT_LOCALE,
  birthYear: null,
  city: null,
  gender: null,
};

export const registerSchema = z
  .object({
    username: usernameSchema,
    email: emailSchema,
    password: newPasswordSchema,
    profile: profileChangesSchema.optional(),
  })
  .superRefine(({ username, email, password }, context) => {
    const key = identityKey(password);
    if (key === identityKey(username) || key === identityKey(email)) {
      context.addIssue({
        code: 'custom',
        path: ['password'],
        message: 'must not be the user name or the e-mail address',
      });
    }
  });
export type Register = z.output<typeof registerSchema> & SessionOrigin;

export type RegisterDeps = IssueTokensDeps &
  LimitDeps &
  FollowAddressDeps & {
    readonly unitOfWork: UnitOfWork;
    readonly users: UserStore;
    readonly sessions: SessionStore;
    readonly hasher: PasswordHasher;
    readonly ids: IdSource;
    readonly clock: Clock;
  };

/**
 * Opens an account, never an administrator's, and logs in. Throws `account.email_taken`, `account.username_taken`,
 * `input.invalid`, `busy.try_again`, `deadline.passed`, and `auth.too_many_attempts` before the hash.
 */
export const register = async (deps: RegisterDeps, command: Register): Promise<LoggedIn> => {
  const now = deps.clock.now();
  const { locale, ...profile } = command.profile ?? {};
  checkBirthYear(profile, now);
  await limitAttempts(deps, 'register_per_address', command.network);
  const user: User = {
    id: deps.ids.next('usr'),
    username: command.username,
    usernameKey: identityKey(command.username),
    email: command.email,
    emailKey: identityKey(command.email),
    emailVerifiedAt: null,
    passwordHash: await deps.hasher.hash(command.password),
    passwordChangedAt: null,
    isAdmin: false,
    suspension: null,
    profile: { ...EMPTY_PROFILE, ...profile, locale: locale ?? DEFAULT_LOCALE },
    createdAt: now,
    updatedAt: now,
  };
  await deps.unitOfWork.run(async (tx) => {
    await deps.users.insert(user, tx);
    await followAddress(deps, tx, user, { proved: false, at: now });
  });
  const session = startSession(deps.ids.next('ses'), user.id, deps.refreshTokens.newSalt(), now, {
    userAgent: command.userAgent ?? null,
    network: command.network ?? null,
  });
  await deps.sessions.insert(session);
  return issueTokens(deps, user, session, session.generation);
};
