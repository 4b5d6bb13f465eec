import { z } from 'zod';
import { type LimitDeps, limitAttempts } from '../identity/attempts.ts';
import { checkBirthYear } from '../identity/check-birth-year.ts';
import { type FollowAddressDeps, followAddress } from '../identity/follow-address.ts';
import { emailSchema, newPasswordSchema, usernameSchema } from '../identity/identity-schemas.ts';
import { type IssueTokensDeps, issueTokens, type LoggedIn } from '../identity/issue-tokens.ts';
import { letterWindow } from '../identity/mail-token.ts';
import { openSession } from '../identity/open-session.ts';
import type { PasswordHasher, SessionStore, UserStore } from '../identity/ports.ts';
import { profileChangesSchema } from '../identity/profile-schema.ts';
import type { SessionOrigin } from '../identity/session.ts';
import { DEFAULT_LOCALE, identityKey, type Profile, type User } from '../identity/user.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';

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

export type RegisterDeps = NotifyDeps &
  IssueTokensDeps &
  LimitDeps &
  FollowAddressDeps & {
    readonly users: Pick<UserStore, 'insert'>;
    readonly sessions: Pick<SessionStore, 'insert'>;
    readonly hasher: Pick<PasswordHasher, 'hash'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * Opens an account, never an administrator's, mails its address the code that verifies it (an account and its letter are one
 * transaction; an address that had its share of letters gets none), and logs in. Throws `account.email_taken`, `account.username_taken`,
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
    pendingEmail: null,
    profile: { ...EMPTY_PROFILE, ...profile, locale: locale ?? DEFAULT_LOCALE },
    createdAt: now,
    updatedAt: now,
  };
  // Whoever gives a stranger's address, leaves it and gives it again does not fill that mailbox: the letter is left out, and nobody is told.
  const mayMail = (await deps.attempts.take('verify_email_per_recipient', user.emailKey)) === null;
  await deps.unitOfWork.run(async (tx) => {
    await deps.users.insert(user, tx);
    await followAddress(deps, tx, user, { proved: false, at: now });
    // As requestVerification does: who asks at once for what is on its way gets no second letter.
    if (mayMail)
      await notify(deps, tx, { kind: 'verify_email', userId: user.id, occasion: letterWindow(now) });
  });
  const session = await openSession(deps, user.id, now, command);
  return issueTokens(deps, user, session, session.generation);
};
