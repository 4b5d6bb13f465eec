import { DomainError } from '../shared/errors.ts';
import type { IdSource, UserId } from '../shared/ids.ts';
import { type LimitDeps, limitAttempts } from './attempts.ts';
import type { SessionStore } from './ports.ts';
import type { User } from './user.ts';

export type LimitLogInsDeps = LimitDeps & {
  readonly sessions: Pick<SessionStore, 'hasBegunFrom'>;
  readonly ids: IdSource;
};

/** `login` is a user name or an address in its folded form (identityKey), whether or not anybody has it. */
export type LogInTarget = { readonly login: string; readonly network: string | null };

const pairOf = ({ login, network }: LogInTarget): string => `${login} ${network}`;

/**
 * Counts a log-in by its login, before anybody looks whose that is: so the counts of a name and an address say nothing about whether
 * they belong to one account, or to any. An account has two logins, so it is guessed at twice as often at most. Throws
 * `auth.too_many_attempts` when there were too many from this address; else tells after how long another try makes sense (ms) when
 * there were too many from everywhere, null when not (requireKnownNetwork).
 */
export const countLogIn = async (deps: LimitDeps, target: LogInTarget): Promise<number | null> => {
  if (target.network !== null) await limitAttempts(deps, 'log_in_per_login_and_address', pairOf(target));
  return deps.attempts.take('log_in_per_login', target.login);
};

/**
 * What countLogIn told, once it is known whose login it is: `userId` null: nobody's. Throws `auth.too_many_attempts`, with the same
 * work for an account that does not exist.
 *
 * Nobody can be locked out for good by a stranger: one address exhausts only its own count for the login; the count of all
 * addresses does not bind those where the account has logged in before; both begin anew when their time is over; and a new
 * password by mail sets them back.
 */
export const requireKnownNetwork = async (
  deps: LimitLogInsDeps,
  retryAfterMs: number | null,
  { userId, network }: { readonly userId: UserId | null; readonly network: string | null },
): Promise<void> => {
  if (retryAfterMs === null) return;
  // An id that nobody has, so that an unknown account costs the same look-up.
  const known =
    network !== null && (await deps.sessions.hasBegunFrom(userId ?? deps.ids.next('usr'), network));
  if (!known) throw new DomainError('auth.too_many_attempts', { retryAfterMs });
};

/** After the owner has proved to be there: the counts of both logins of the account begin anew. */
export const forgetLogIns = async (
  { attempts }: LimitDeps,
  { usernameKey, emailKey }: Pick<User, 'usernameKey' | 'emailKey'>,
  network: string | null,
): Promise<void> => {
  for (const login of [usernameKey, emailKey]) {
    await attempts.forget('log_in_per_login', login);
    if (network !== null) await attempts.forget('log_in_per_login_and_address', pairOf({ login, network }));
  }
};
