import { z } from 'zod';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { beginTeamChange, type TeamChangeDeps } from '../organizations/begin-team-change.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import type { InvitationStore, MembershipStore } from '../organizations/ports.ts';
import { requireMayChange } from '../organizations/team-rules.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';

export const memberRefSchema = z.object({ organizationId: idSchema('org'), membershipId: idSchema('mbr') });
export type MemberRef = z.output<typeof memberRefSchema>;

export type RemoveMemberDeps = NotifyDeps &
  TeamChangeDeps & {
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
    const acting = await beginTeamChange(deps, tx, access, 'members.write');
    const member = await deps.memberships.findOwn(organizationId, membershipId, tx);
    if (member === null) throw new DomainError('thing.not_found', { thing: 'member' });
    requireMayChange(acting.role, member.role);
    if (!(await deps.memberships.remove(tx, member)))
      throw new DomainError('membership.changed_meanwhile', {});
    const { userId } = member;
    await deps.invitations.withdrawAllBy(tx, organizationId, userId, deps.clock.now());
    await notify(deps, tx, { kind: 'member_removed', organizationId, userId, occasion: membershipId });
  });
