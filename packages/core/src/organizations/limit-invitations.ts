import { type LimitDeps, limitActs } from '../identity/attempts.ts';
import type { UserStore } from '../identity/ports.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';

export type LimitInvitationsDeps = LimitDeps & { readonly users: Pick<UserStore, 'find'> };

/**
 * Before any letter to somebody who did not ask for one: who sends it answers for an address of their own, and neither they nor,
 * from whomever, the recipient come to more than so many in a day, over all organizations. Throws
 * `invitation.inviter_unverified`, `account.too_often`.
 */
export const limitInvitations = async (
  deps: LimitInvitationsDeps,
  { userId, emailKey }: { readonly userId: UserId; readonly emailKey: string },
): Promise<void> => {
  const inviter = await deps.users.find(userId);
  if (inviter === null || inviter.emailVerifiedAt === null)
    throw new DomainError('invitation.inviter_unverified', {});
  await limitActs(deps, 'invite_per_account', userId);
  await limitActs(deps, 'invite_per_recipient', emailKey);
};
