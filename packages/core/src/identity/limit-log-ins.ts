import { DomainError } from '../shared/errors.ts';
import type { IdSource, UserId } from '../shared/ids.ts';
import { type LimitDeps, limitAttempts } from './attempts.ts';
import type { SessionStore } from './ports.ts';

export type LimitLogInsDeps = LimitDeps & {
  readonly sessions: Pick<SessionStore, 'hasBegunFrom'>;
  readonly ids: IdSource;
};

/** `userId` null: nobody has this login. `login` is its folded form (identityKey). */
export type LogInTarget = {
  readonly userId: UserId | null;
  readonly login: string;
  readonly network: string | null;
};

const accountOf = ({ userId, login }: LogInTarget): string => userId ?? login;
const pairOf = (target: LogInTarget): string => `${accountOf(target)} ${target.network}`;

/**
 * Refuses log-ins to an account of which there were too many, with the same work for one that does not exist. Throws
 * `auth.too_many_attempts`.
 *
 * Nobody can be locked out for good by a stranger: one address exhausts only its own count for the account; the count of all
 * addresses does not bind those where the account has logged in before; both begin anew when their time is over; and a new
 * password by mail sets them back.
 */
export const limitLogIns = async (deps: LimitLogInsDeps, target: LogInTarget): Promise<void> => {
  const { userId, network } = target;
  if (network !== null) await limitAttempts(deps, 'log_in_per_account_and_address', pairOf(target));
  const retryAfterMs = await deps.attempts.take('log_in_per_account', accountOf(target));
  if (retryAfterMs === null) return;
  // An id that nobody has, so that an unknown account costs the same look-up.
  const known =
    network !== null && (await deps.sessions.hasBegunFrom(userId ?? deps.ids.next('usr'), network));
  if (!known) throw new DomainError('auth.too_many_attempts', { retryAfterMs });
};

/** After the owner has proved to be there. */
export const forgetLogIns = async ({ attempts }: LimitDeps, target: LogInTarget): Promise<void> => {
  await attempts.forget('log_in_per_account', accountOf(target));
  if (target.network !== null) await attempts.forget('log_in_per_account_and_address', pairOf(target));
};
