import { type LimitDeps, limitActs } from '../identity/attempts.ts';
import type { User } from '../identity/user.ts';
import { DomainError } from '../shared/errors.ts';

/**
 * Before any letter to somebody who did not ask for one: who sends it answers for an address of their own, and neither they nor,
 * from whomever, the recipient come to more than so many in a day. Throws `transfer.sender_unverified`, `account.too_often`.
 */
export const limitTransfers = async (
  deps: LimitDeps,
  { sender, emailKey }: { readonly sender: User | null; readonly emailKey: string },
): Promise<void> => {
  if (sender === null || sender.emailVerifiedAt === null)
    throw new DomainError('transfer.sender_unverified', {});
  await limitActs(deps, 'transfer_per_account', sender.id);
  await limitActs(deps, 'transfer_per_recipient', emailKey);
};
