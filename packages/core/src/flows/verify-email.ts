import { z } from 'zod';
import { type LimitDeps, limitAttempts } from '../identity/attempts.ts';
import { type MailToken, mailTokenSchema } from '../identity/mail-token.ts';
import type { MailTokenSource, MailTokenStore, UserStore } from '../identity/ports.ts';
import { type Account, accountOf } from '../identity/user.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { maskedEmail } from '../organizations/invitation.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { Tx, UnitOfWork } from '../shared/unit-of-work.ts';
import { type FollowVerifiedAddressDeps, followVerifiedAddress } from './follow-verified-address.ts';

export const verifyEmailSchema = z.object({ token: mailTokenSchema });
export type VerifyEmail = z.output<typeof verifyEmailSchema> & {
  readonly userId: UserId;
  readonly network?: string | null;
};

export type VerifyEmailDeps = NotifyDeps &
  LimitDeps &
  FollowVerifiedAddressDeps & {
    readonly users: Pick<UserStore, 'find' | 'markEmailVerified' | 'changeEmail'>;
    readonly mailTokens: MailTokenStore;
    readonly mailTokenSource: MailTokenSource;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * Uses a mailed code up, and with it the account's address is verified; by the code of changeEmail the new address is the account's
 * from now on, and the former one is told if it was verified. What was sold to the address at a box office becomes the account's. The code
 * counts in a session of that account alone: whoever reads a code that they did not ask for must not be able to give their address to the
 * stranger who did, by typing it in. Throws `account.bad_mail_token`, `account.email_taken` (somebody else took the new address meanwhile), `auth.too_many_attempts`, `busy.try_again`.
 */
export const verifyEmail = async (
  deps: VerifyEmailDeps,
  { token, userId, network }: VerifyEmail,
): Promise<Account> => {
  await limitAttempts(deps, 'present_code_per_address', network);
  const hash = deps.mailTokenSource.hashOf(token);
  const now = deps.clock.now();
  return deps.unitOfWork.run(async (tx) => {
    const proof =
      (await deps.mailTokens.take(hash, 'verify_email', now, tx)) ??
      (await deps.mailTokens.take(hash, 'change_email', now, tx));
    if (proof === null || proof.userId !== userId || !(await accept(deps, tx, proof, now)))
      throw new DomainError('account.bad_mail_token', {});
    await followVerifiedAddress(deps, tx, proof, now);
    const user = await deps.users.find(proof.userId, tx);
    if (user === null) throw new DomainError('account.bad_mail_token', {});
    return accountOf(user);
  });
};

/** false: the account has, or wants, another address by now. */
const accept = async (
  deps: VerifyEmailDeps,
  tx: Tx,
  { purpose, userId, emailKey }: MailToken,
  at: Date,
): Promise<boolean> => {
  if (purpose === 'verify_email') return deps.users.markEmailVerified(userId, emailKey, at, tx);
  const before = await deps.users.changeEmail(tx, userId, emailKey, at);
  if (before === null) return false;
  // Those were mailed to the former address, and these to the one that the account has now.
  await deps.mailTokens.dropAll(userId, 'reset_password', tx);
  await deps.mailTokens.dropAll(userId, 'change_email', tx);
  // Who never proved to read the mail there is a stranger, perhaps, whom anybody could have mailed this over and over.
  if (before.emailVerifiedAt !== null)
    await notify(deps, tx, {
      kind: 'email_changed',
      userId,
      occasion: at.toISOString(),
      to: before.email,
      masked: maskedEmail(before.pendingEmail?.email ?? emailKey),
    });
  return true;
};
