import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { type LimitDeps, limitAttempts } from './attempts.ts';
import { type FollowAddressDeps, followAddress } from './follow-address.ts';
import { mailTokenSchema } from './mail-token.ts';
import type { MailTokenSource, MailTokenStore, UserStore } from './ports.ts';
import { type Account, accountOf } from './user.ts';

export const verifyEmailSchema = z.object({ token: mailTokenSchema });
export type VerifyEmail = z.output<typeof verifyEmailSchema> & { readonly network?: string | null };

export type VerifyEmailDeps = LimitDeps &
  FollowAddressDeps & {
    readonly unitOfWork: UnitOfWork;
    readonly users: Pick<UserStore, 'find' | 'markEmailVerified'>;
    readonly mailTokens: MailTokenStore;
    readonly mailTokenSource: MailTokenSource;
    readonly clock: Clock;
  };

/**
 * Uses a mailed token up and marks the account's address as verified, in one transaction: the token works again after whatever went
 * wrong. What was sold to the address at a box office becomes the account's. Needs no log-in: the letter may be read on another device.
 * Throws `account.bad_mail_token`, `auth.too_many_attempts`, `busy.try_again`.
 */
export const verifyEmail = async (
  deps: VerifyEmailDeps,
  { token, network }: VerifyEmail,
): Promise<Account> => {
  await limitAttempts(deps, 'present_code_per_address', network);
  const now = deps.clock.now();
  const hash = deps.mailTokenSource.hashOf(token);
  return deps.unitOfWork.run(async (tx) => {
    const proof = await deps.mailTokens.take(hash, 'verify_email', now, tx);
    if (proof === null || !(await deps.users.markEmailVerified(proof.userId, proof.emailKey, now, tx)))
      throw new DomainError('account.bad_mail_token', {});
    await deps.mailTokens.dropAll(proof.userId, 'verify_email', tx);
    const user = await deps.users.find(proof.userId, tx);
    if (user === null) throw new DomainError('account.bad_mail_token', {});
    await followAddress(deps, tx, user, { proved: true, at: now });
    return accountOf(user);
  });
};
