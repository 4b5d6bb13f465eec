import { type FollowAddressDeps, followAddress } from '../identity/follow-address.ts';
import type { MailTokenStore } from '../identity/ports.ts';
import type { UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';

export type FollowVerifiedAddressDeps = FollowAddressDeps & {
  readonly mailTokens: Pick<MailTokenStore, 'dropAll'>;
};

export type VerifiedAddress = { readonly userId: UserId; readonly emailKey: string };

/**
 * What follows whenever an account has proved to read the mail of its address, in the transaction in which that becomes true: by a code
 * for it (verifyEmail, also after changeEmail) or by one for a new password (resetPassword). Nothing else verifies an address, so
 * whatever is due to a verified address is given here. May be called for an address that was verified before.
 */
export const followVerifiedAddress = async (
  deps: FollowVerifiedAddressDeps,
  tx: Tx,
  { userId, emailKey }: VerifiedAddress,
  at: Date,
): Promise<void> => {
  // They prove what is proved. Codes to another address stay good: it is wanted still.
  await deps.mailTokens.dropAll(userId, 'verify_email', tx);
  await followAddress(deps, tx, { id: userId, emailKey }, { proved: true, at });
};
