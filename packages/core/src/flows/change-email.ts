import { z } from 'zod';
import { type LimitDeps, limitActs } from '../identity/attempts.ts';
import { emailSchema, presentedPasswordSchema } from '../identity/identity-schemas.ts';
import type { MailTokenStore, PasswordHasher, UserStore } from '../identity/ports.ts';
import { provePassword } from '../identity/prove-password.ts';
import { type Account, accountOf, identityKey } from '../identity/user.ts';
import { type NotifyDeps, notifyAll } from '../notifications/notify.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';

export const changeEmailSchema = z.object({ email: emailSchema, password: presentedPasswordSchema });
export type ChangeEmail = z.output<typeof changeEmailSchema> & { readonly userId: UserId };

export type ChangeEmailDeps = NotifyDeps &
  LimitDeps & {
    readonly users: Pick<UserStore, 'find' | 'findByEmailKey' | 'markEmailWanted'>;
    readonly mailTokens: Pick<MailTokenStore, 'dropAll'>;
    readonly hasher: Pick<PasswordHasher, 'verify'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * Another address for who knows the password. It is mailed a code, and the present one is told; until the code is presented (verifyEmail)
 * everything stays as it is, and somebody else may take the new address: wanting one claims nothing. Another wish replaces the one
 * before, and wishing for the present address takes it back. No session ends. Throws `account.wrong_password`, `account.suspended`,
 * `account.email_taken`, `account.too_often`, `auth.too_many_attempts`, `thing.not_found`, and `busy.try_again` when the password was
 * changed or the account was suspended since it was looked at: asked again, it is told which.
 */
export const changeEmail = async (
  deps: ChangeEmailDeps,
  { userId, email, password }: ChangeEmail,
): Promise<Account> => {
  const user = await provePassword(deps, userId, password);
  const emailKey = identityKey(email);
  const isPresent = emailKey === user.emailKey;
  if (!isPresent) {
    await limitActs(deps, 'change_email_per_account', userId);
    await limitActs(deps, 'change_email_per_recipient', emailKey);
    if ((await deps.users.findByEmailKey(emailKey)) !== null)
      throw new DomainError('account.email_taken', {});
  }
  const pendingEmail = isPresent ? null : { email, emailKey };
  const occasion = deps.clock.now().toISOString();
  await deps.unitOfWork.run(async (tx) => {
    // Who took the account back meanwhile, by a new password, took back what the old one could ask for.
    if (!(await deps.users.markEmailWanted(tx, userId, user.passwordHash, pendingEmail)))
      throw new DomainError('busy.try_again', { retryAfterMs: 500 });
    await deps.mailTokens.dropAll(userId, 'change_email', tx);
    if (pendingEmail !== null)
      await notifyAll(deps, tx, [
        { kind: 'change_email', userId, occasion },
        { kind: 'email_change_asked', userId, occasion },
      ]);
  });
  return accountOf({ ...user, pendingEmail });
};
