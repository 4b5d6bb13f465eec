import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { type LimitDeps, limitAttempts } from './attempts.ts';
import { mailTokenSchema } from './mail-token.ts';
import type { MailTokenSource, MailTokenStore, UserStore } from './ports.ts';
import { type Account, accountOf } from './user.ts';

export const verifyEmailSchema = z.object({ token: mailTokenSchema });
export type VerifyEmail = z.output<typeof verifyEmailSchema> & { readonly network?: string | null };

export type VerifyEmailDeps = LimitDeps & {
  readonly users: Pick<UserStore, 'find' | 'markEmailVerified'>;
  readonly mailTokens: MailTokenStore;
  readonly mailTokenSource: MailTokenSource;
  readonly clock: Clock;
};

/**
 * Uses a mailed token up and marks the account's address as verified. Needs no log-in: the letter may be read on another
 * device. Throws `account.bad_mail_token`, `auth.too_many_attempts`.
 */
export const verifyEmail = async (
  deps: VerifyEmailDeps,
  { token, network }: VerifyEmail,
): Promise<Account> => {
  await limitAttempts(deps, 'present_code_per_address', network);
  const now = deps.clock.now();
  const proof = await deps.mailTokens.take(deps.mailTokenSource.hashOf(token), 'verify_email', now);
  if (proof === null || !(await deps.users.markEmailVerified(proof.userId, proof.emailKey, now)))
    throw new DomainError('account.bad_mail_token', {});
  await deps.mailTokens.dropAll(proof.userId, 'verify_email');
  const user = await deps.users.find(proof.userId);
  if (user === null) throw new DomainError('account.bad_mail_token', {});
  return accountOf(user);
};
