import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { IdSource } from '../shared/ids.ts';
import { type LimitDeps, limitAttempts } from './attempts.ts';
import { presentedPasswordSchema } from './identity-schemas.ts';
import { type IssueTokensDeps, issueTokens, type LoggedIn } from './issue-tokens.ts';
import { countLogIn, forgetLogIns, requireKnownNetwork } from './limit-log-ins.ts';
import { openSession } from './open-session.ts';
import type { PasswordHasher, SessionStore, UserStore } from './ports.ts';
import type { SessionOrigin } from './session.ts';
import { identityKey } from './user.ts';

export const logInSchema = z.object({
  /** A user name or an e-mail address. */
  login: z.string().min(1).max(320),
  password: presentedPasswordSchema,
});
export type LogIn = z.output<typeof logInSchema> & SessionOrigin;

export type LogInDeps = IssueTokensDeps &
  LimitDeps & {
    readonly users: UserStore;
    readonly sessions: SessionStore;
    readonly hasher: PasswordHasher;
    readonly ids: IdSource;
    readonly clock: Clock;
  };

/**
 * Starts a session. Throws `auth.bad_credentials`, the same and after the same work whether the account does not exist or
 * the password is wrong: the same counts, one look-up, one hash. Throws `auth.too_many_attempts` before the hash, and
 * `account.suspended` only to who knows the password.
 */
export const logIn = async (deps: LogInDeps, { login, password, ...origin }: LogIn): Promise<LoggedIn> => {
  const network = origin.network ?? null;
  await limitAttempts(deps, 'log_in_per_address', network);
  const key = identityKey(login);
  const retryAfterMs = await countLogIn(deps, { login: key, network });
  // User names have no @ (usernameSchema), so a login is one or the other.
  const user = await (key.includes('@') ? deps.users.findByEmailKey(key) : deps.users.findByUsernameKey(key));
  await requireKnownNetwork(deps, retryAfterMs, { userId: user?.id ?? null, network });
  const { matches, outdated } = await deps.hasher.verify(user?.passwordHash ?? null, password);
  if (user === null || !matches) throw new DomainError('auth.bad_credentials', {});
  await forgetLogIns(deps, user, network);
  if (user.suspension !== null) throw new DomainError('account.suspended', {});
  if (outdated) {
    await deps.users.replaceHash(user.id, user.passwordHash, await deps.hasher.hash(password));
  }
  const session = await openSession(deps, user.id, deps.clock.now(), origin);
  // What ends all sessions may have done so between the look-up and the insert: then this one ends too.
  const now = await deps.users.find(user.id);
  if (now?.passwordChangedAt?.getTime() !== user.passwordChangedAt?.getTime()) {
    await deps.sessions.end(session.id, 'password_changed', deps.clock.now());
    throw new DomainError('auth.bad_credentials', {});
  }
  if (now?.suspension !== null) {
    await deps.sessions.end(session.id, 'suspended', deps.clock.now());
    throw new DomainError('account.suspended', {});
  }
  return issueTokens(deps, user, session, session.generation);
};
