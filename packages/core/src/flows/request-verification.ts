import { type LimitDeps, limitActs, limitAttempts } from '../identity/attempts.ts';
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
 * Mails the caller a code that proves their address, or the one that they want instead (changeEmail). Asking again within
 * LETTER_WINDOW_MS sends no second letter. Throws `auth.too_many_attempts`, `account.too_often`, and `thing.not_found` when the account
 * was deleted since the access token was issued.
 */
export const requestVerification = async (
  deps: RequestVerificationDeps,
  { userId }: { userId: UserId },
): Promise<{ readonly outcome: 'mailed' | 'verified_already' }> => {
  const user = await deps.users.find(userId);
  if (user === null) throw new DomainError('thing.not_found', { thing: 'account' });
  const { pendingEmail } = user;
  if (user.emailVerifiedAt !== null && pendingEmail === null) return { outcome: 'verified_already' };
  await limitAttempts(deps, 'ask_letter_per_account', userId);
  if (pendingEmail !== null) await limitActs(deps, 'change_email_per_recipient', pendingEmail.emailKey);
  // Together with registering: one account after the other may have been opened with this address.
  else await limitActs(deps, 'verify_email_per_recipient', user.emailKey);
  const kind = pendingEmail === null ? ('verify_email' as const) : ('change_email' as const);
  const occasion = letterWindow(deps.clock.now());
  await deps.unitOfWork.run((tx) => notify(deps, tx, { kind, userId, occasion }));
  return { outcome: 'mailed' };
};
