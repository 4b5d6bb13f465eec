import { type NotifyDeps, notifyAll } from '../notifications/notify.ts';
import { beginTeamChange, type TeamChangeDeps } from '../organizations/begin-team-change.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import type { MemberRef } from '../organizations/member-ref.ts';
import type { Membership } from '../organizations/organization.ts';
import type { MembershipStore } from '../organizations/ports.ts';
import { recordTeamAct } from '../organizations/record-team-act.ts';
import { DomainError } from '../shared/errors.ts';
import type { Tx, UnitOfWork } from '../shared/unit-of-work.ts';

export type TransferOwnershipDeps = NotifyDeps &
  TeamChangeDeps & {
    readonly memberships: Pick<MembershipStore, 'find' | 'findOwn' | 'findOwner' | 'changeRole'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * A member becomes the owner and the owner a manager, at one stroke, and both are told. To the owner themselves it changes
 * nothing. Throws `thing.not_found`, `membership.cannot_own` (an owner is reached by mail and can log in: the account is looked at in
 * the transaction), `membership.changed_meanwhile`.
 */
export const transferOwnership = (
  deps: TransferOwnershipDeps,
  access: OrganizationAccess,
  { organizationId, membershipId }: MemberRef,
): Promise<Membership> =>
  deps.unitOfWork.run(async (tx) => {
    const acting = await beginTeamChange(deps, tx, access, 'ownership.transfer');
    const heir = await deps.memberships.findOwn(organizationId, membershipId, tx);
    if (heir === null) throw new DomainError('thing.not_found', { thing: 'member' });
    if (heir.role === 'owner') return heir;
    await requireMayOwn(deps, tx, heir);
    const owner = await deps.memberships.findOwner(organizationId, tx);
    // First down, then up: there is never a second owner, which the index would refuse.
    const moved =
      owner !== null &&
      (await deps.memberships.changeRole(tx, owner, 'manager')) &&
      (await deps.memberships.changeRole(tx, heir, 'owner'));
    if (owner === null || !moved) throw new DomainError('membership.changed_meanwhile', {});
    await recordTeamAct(deps, tx, {
      organizationId,
      kind: 'ownership_transferred',
      by: { userId: acting.userId, as: acting.role },
      memberId: heir.userId,
      role: 'owner',
    });
    const occasion = `${heir.id}/${deps.clock.now().toISOString()}`;
    const about = { organizationId, occasion };
    await notifyAll(deps, tx, [
      { ...about, kind: 'ownership_received', userId: heir.userId, otherId: owner.userId },
      { ...about, kind: 'ownership_given', userId: owner.userId, otherId: heir.userId },
    ]);
    return { ...heir, role: 'owner' };
  });

const requireMayOwn = async (
  { users }: TransferOwnershipDeps,
  tx: Tx,
  { userId }: Membership,
): Promise<void> => {
  const user = await users.find(userId, tx);
  if (user === null) throw new DomainError('thing.not_found', { thing: 'member' });
  if (user.suspension !== null) throw new DomainError('membership.cannot_own', { because: 'suspended' });
  if (user.emailVerifiedAt === null)
    throw new DomainError('membership.cannot_own', { because: 'unverified' });
};
