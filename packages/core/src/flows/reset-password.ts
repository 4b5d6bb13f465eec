import { z } from 'zod';
import { type LimitDeps, limitAttempts } from '../identity/attempts.ts';
import { newPasswordSchema } from '../identity/identity-schemas.ts';
import { forgetLogIns } from '../identity/limit-log-ins.ts';
import { mailTokenSchema } from '../identity/mail-token.ts';
import { refuseOwnName } from '../identity/new-password.ts';
import type {
  AccessTokens,
  MailTokenSource,
  MailTokenStore,
  PasswordHasher,
  UserStore,
} from '../identity/ports.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { type FollowNewPasswordDeps, followNewPassword } from './follow-new-password.ts';
import { type FollowVerifiedAddressDeps, followVerifiedAddress } from './follow-verified-address.ts';

export const resetPasswordSchema = z.object({ token: mailTokenSchema, newPassword: newPasswordSchema });
export type ResetPassword = z.output<typeof resetPasswordSchema> & { readonly network?: string | null };

export type ResetPasswordDeps = FollowNewPasswordDeps &
  LimitDeps &
  FollowVerifiedAddressDeps & {
    readonly accessTokens: Pick<AccessTokens, 'forgetSession'>;
    readonly users: Pick<UserStore, 'find' | 'changePassword' | 'markEmailVerified' | 'dropEmailWanted'>;
    readonly mailTokens: MailTokenStore;
    readonly mailTokenSource: MailTokenSource;
    readonly hasher: Pick<PasswordHasher, 'hash'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * A new password for who proves by a mailed code to read the account's mail. Ends all sessions, verifies the address and tells
 * the owner, all in one transaction: the code works again after whatever went wrong. Log-ins are counted anew. Throws
 * `auth.too_many_attempts`, `account.bad_mail_token`, `input.invalid`, `busy.try_again`. The code is looked at before the costly
 * hash, because guesses must be cheap to refuse.
 */
export const resetPassword = async (
  deps: ResetPasswordDeps,
  { token, newPassword, network }: ResetPassword,
): Promise<void> => {
  await limitAttempts(deps, 'present_code_per_address', network);
  const tokenHash = deps.mailTokenSource.hashOf(token);
  const seen = await deps.mailTokens.find(tokenHash, 'reset_password', deps.clock.now());
  const user = seen === null ? null : await deps.users.find(seen.userId);
  const badToken = new DomainError('account.bad_mail_token', {});
  if (seen === null || user === null || user.emailKey !== seen.emailKey) throw badToken;
  refuseOwnName(user, newPassword);
  const hash = await deps.hasher.hash(newPassword);
  // After the hash: sessions that began meanwhile are of before.
  const now = deps.clock.now();
  const ended = await deps.unitOfWork.run(async (tx) => {
    const proof = await deps.mailTokens.take(tokenHash, 'reset_password', now, tx);
    // A log-in may have replaced the hash that was read.
    const current = await deps.users.find(user.id, tx);
    if (proof === null || current === null) throw badToken;
    if (!(await deps.users.changePassword(user.id, current.passwordHash, hash, now, tx)))
      throw new DomainError('busy.try_again', { retryAfterMs: 500 });
    if (!(await deps.users.markEmailVerified(user.id, proof.emailKey, now, tx))) throw badToken;
    await followVerifiedAddress(deps, tx, proof, now);
    return await followNewPassword(deps, tx, user.id, now);
  });
  for (const sessionId of ended) deps.accessTokens.forgetSession(sessionId);
  await forgetLogIns(deps, user, network ?? null);
};
