import type { Outbox, Tx } from '../shared/unit-of-work.ts';
import type { AddressTurns } from './ports.ts';
import type { User } from './user.ts';

export type FollowAddressDeps = { readonly addressTurns: AddressTurns; readonly outbox: Outbox };

/**
 * What follows when an account gets an address (registering, changing it) or has proved it, in the transaction of the cause. What is sold
 * to the address at the same moment comes before or after it, never beside it; and what was sold to a proved one is the account's soon.
 */
export const followAddress = async (
  { addressTurns, outbox }: FollowAddressDeps,
  tx: Tx,
  { id: userId, emailKey }: Pick<User, 'id' | 'emailKey'>,
  { proved, at }: { readonly proved: boolean; readonly at: Date },
): Promise<void> => {
  await addressTurns.take(tx, [emailKey]);
  if (proved) await outbox.add(tx, [{ job: 'account.adopt_sales', payload: { userId }, dueAt: at }]);
};
