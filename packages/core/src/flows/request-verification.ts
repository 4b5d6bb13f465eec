import { type LimitDeps, limitAttempts } from '../identity/attempts.ts';
import { letterWindow } from '../identity/mail-token.ts';
import type { UserStore } from '../identity/ports.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';

export type RequestVerificationDeps = NotifyDeps &
  LimitDeps & {
    readonly users: Pick<UserStore, 'find'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * Mails the caller a token that proves their address. Asking again within LETTER_WINDOW_MS sends no second letter. Throws
 * `auth.too_many_attempts`, and `thing.not_found` when the account was deleted since the access token was issued.
 */
export const requestVerification = async (
  deps: RequestVerificationDeps,
  { userId }: { userId: UserId },
): Promise<{ readonly outcome: 'mailed' | 'verified_already' }> => {
  const user = await deps.users.find(userId);
  if (user === null) throw new DomainError('thing.not_found', { thing: 'account' });
  if (user.emailVerifiedAt !== null) return { outcome: 'verified_already' };
  await limitAttempts(deps, 'ask_letter_per_account', userId);
  const occasion = letterWindow(deps.clock.now());
  await deps.unitOfWork.run((tx) => notify(deps, tx, { kind: 'verify_email', userId, occasion }));
  return { outcome: 'mailed' };
};
