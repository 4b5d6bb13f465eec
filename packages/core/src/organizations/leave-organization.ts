import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { beginTeamChange, type TeamChangeDeps } from './begin-team-change.ts';
import type { OrganizationAccess } from './get-membership.ts';
import type { InvitationStore, MembershipStore } from './ports.ts';
import { recordTeamAct } from './record-team-act.ts';

export type LeaveOrganizationDeps = TeamChangeDeps & {
  readonly memberships: Pick<MembershipStore, 'find' | 'remove'>;
  readonly invitations: Pick<InvitationStore, 'withdrawAllBy'>;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
};

/**
 * The caller is no member from now on, and the invitations they made are withdrawn. Throws `membership.is_owner`, and
 * `thing.not_found` for a platform admin who is in no team.
 */
export const leaveOrganization = (deps: LeaveOrganizationDeps, access: OrganizationAccess): Promise<void> =>
  deps.unitOfWork.run(async (tx) => {
    const { organizationId, userId } = await beginTeamChange(deps, tx, access, null);
    const mine = await deps.memberships.find(organizationId, userId, tx);
    if (mine === null) throw new DomainError('thing.not_found', { thing: 'member' });
    if (mine.role === 'owner') throw new DomainError('membership.is_owner', {});
    if (!(await deps.memberships.remove(tx, mine))) throw new DomainError('membership.changed_meanwhile', {});
    await recordTeamAct(deps, tx, {
      organizationId,
      kind: 'member_left',
      by: { userId, as: mine.role },
      memberId: userId,
      role: mine.role,
    });
    await deps.invitations.withdrawAllBy(tx, organizationId, userId, deps.clock.now());
  });
