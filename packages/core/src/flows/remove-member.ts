import { type NotifyDeps, notify } from '../notifications/notify.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import type { MemberRef } from '../organizations/member-ref.ts';
import { type MemberToChangeDeps, memberToChange } from '../organizations/member-to-change.ts';
import type { InvitationStore, MembershipStore } from '../organizations/ports.ts';
import { recordTeamAct } from '../organizations/record-team-act.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';

export type RemoveMemberDeps = NotifyDeps &
  MemberToChangeDeps & {
    readonly memberships: Pick<MembershipStore, 'find' | 'findOwn' | 'remove'>;
    readonly invitations: Pick<InvitationStore, 'withdrawAllBy'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * Removes a member, who has no access from the next call on, withdraws the invitations they made, and tells them. Throws
 * `thing.not_found`, `membership.is_owner`, `membership.out_of_rank`, `membership.changed_meanwhile`.
 */
export const removeMember = (
  deps: RemoveMemberDeps,
  access: OrganizationAccess,
  { organizationId, membershipId }: MemberRef,
): Promise<void> =>
  deps.unitOfWork.run(async (tx) => {
    const { acting, member } = await memberToChange(deps, tx, access, { organizationId, membershipId });
    if (!(await deps.memberships.remove(tx, member)))
      throw new DomainError('membership.changed_meanwhile', {});
    const { userId, role } = member;
    const by = { userId: acting.userId, as: acting.role };
    await recordTeamAct(deps, tx, { organizationId, kind: 'member_removed', by, memberId: userId, role });
    await deps.invitations.withdrawAllBy(tx, organizationId, userId, deps.clock.now());
    await notify(deps, tx, { kind: 'member_removed', organizationId, userId, occasion: membershipId });
  });
