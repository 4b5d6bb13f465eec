import { z } from 'zod';
import { type LimitDeps, limitAttempts } from '../identity/attempts.ts';
import { type EndAllSessionsDeps, endAllSessions } from '../identity/end-all-sessions.ts';
import { newPasswordSchema } from '../identity/identity-schemas.ts';
import { forgetLogIns } from '../identity/limit-log-ins.ts';
import { mailTokenSchema } from '../identity/mail-token.ts';
import { refuseOwnName } from '../identity/new-password.ts';
import type { MailTokenSource, MailTokenStore, PasswordHasher, UserStore } from '../identity/ports.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';

export const resetPasswordSchema = z.object({ token: mailTokenSchema, newPassword: newPasswordSchema });
export type ResetPassword = z.output<typeof resetPasswordSchema> & { readonly network?: string | null };

export type ResetPasswordDeps = NotifyDeps &
  EndAllSessionsDeps &
  LimitDeps & {
    readonly users: Pick<UserStore, 'find' | 'changePassword' | 'markEmailVerified'>;
    readonly mailTokens: MailTokenStore;
    readonly mailTokenSource: MailTokenSource;
    readonly hasher: Pick<PasswordHasher, 'hash'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * A new password for who proves by a mailed code to read the account's mail. Ends all sessions, verifies the address and tells
 * the owner; log-ins are counted anew. Throws `auth.too_many_attempts`, `account.bad_mail_token`, `input.invalid`, `busy.try_again`.
 * The code is used up before the costly hash, because guesses must be cheap to refuse; it works again when there was no room to hash.
 */
export const resetPassword = async (
  deps: ResetPasswordDeps,
  { token, newPassword, network }: ResetPassword,
): Promise<void> => {
  await limitAttempts(deps, 'present_code_per_address', network);
  const now = deps.clock.now();
  const proof = await deps.mailTokens.take(deps.mailTokenSource.hashOf(token), 'reset_password', now);
  const user = proof === null ? null : await deps.users.find(proof.userId);
  if (proof === null || user === null || user.emailKey !== proof.emailKey)
    throw new DomainError('account.bad_mail_token', {});
  refuseOwnName(user, newPassword);
  const hash = await deps.hasher.hash(newPassword).catch(async (busy: unknown) => {
    await deps.mailTokens.insert(proof);
    throw busy;
  });
  // The hash that was read may be replaced by a log-in meanwhile; then it is read again.
  const current = await deps.users.find(user.id);
  if (current === null || !(await deps.users.changePassword(user.id, current.passwordHash, hash, now)))
    throw new DomainError('busy.try_again', { retryAfterMs: 500 });
  await forgetLogIns(deps, { userId: user.id, login: user.usernameKey, network: network ?? null });
  await endAllSessions(deps, { userId: user.id, reason: 'password_changed' });
  await deps.users.markEmailVerified(user.id, proof.emailKey, now);
  await deps.mailTokens.dropAll(user.id, 'reset_password');
  await deps.unitOfWork.run((tx) =>
    notify(deps, tx, { kind: 'password_changed', userId: user.id, occasion: now.toISOString() }),
  );
};
