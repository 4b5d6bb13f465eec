import { type VerifyEmailDeps, verifyEmail } from '../flows/verify-email.ts';
import type { Account } from '../identity/user.ts';
import type { UserId } from '../shared/ids.ts';

/** Presents a mailed code in a session of the account that it was mailed for. */
export const presentCode = async (world: VerifyEmailDeps, token: string): Promise<Account> => {
  const { mailTokens, mailTokenSource, clock } = world;
  const hash = mailTokenSource.hashOf(token);
  const proof =
    (await mailTokens.find(hash, 'verify_email', clock.now())) ??
    (await mailTokens.find(hash, 'change_email', clock.now()));
  return verifyEmail(world, { token, userId: proof?.userId ?? ('usr_nobody' as UserId) });
};
