import type { z } from 'zod';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { isAllowed } from '../organizations/capabilities.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import { memberRefSchema } from '../organizations/member-ref.ts';
import { type MemberToChangeDeps, memberToChange } from '../organizations/member-to-change.ts';
import type { Membership } from '../organizations/organization.ts';
import type { InvitationStore, MembershipStore } from '../organizations/ports.ts';
import { recordTeamAct } from '../organizations/record-team-act.ts';
import { requireMayGive } from '../organizations/team-rules.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { givableRoleSchema } from './invite-member.ts';

export const changeRoleSchema = memberRefSchema.extend({ role: givableRoleSchema });
export type ChangeRole = z.output<typeof changeRoleSchema>;

export type ChangeRoleDeps = NotifyDeps &
  MemberToChangeDeps & {
    readonly memberships: Pick<MembershipStore, 'find' | 'findOwn' | 'changeRole'>;
    readonly invitations: Pick<InvitationStore, 'withdrawAllBy'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * Gives a member another role, from the next call on, and tells them. Who may invite no more loses the invitations they made.
 * Throws `thing.not_found`, `membership.is_owner`, `membership.out_of_rank`, `membership.changed_meanwhile`.
 */
export const changeRole = (
  deps: ChangeRoleDeps,
  access: OrganizationAccess,
  { organizationId, membershipId, role }: ChangeRole,
): Promise<Membership> =>
  deps.unitOfWork.run(async (tx) => {
    const { acting, member } = await memberToChange(deps, tx, access, { organizationId, membershipId });
    requireMayGive(acting.role, role);
    if (member.role === role) return member;
    if (!(await deps.memberships.changeRole(tx, member, role)))
      throw new DomainError('membership.changed_meanwhile', {});
    const now = deps.clock.now();
    const { userId } = member;
    const by = { userId: acting.userId, as: acting.role };
    await recordTeamAct(deps, tx, { organizationId, kind: 'role_changed', by, memberId: userId, role });
    if (!isAllowed(role, 'members.write'))
      await deps.invitations.withdrawAllBy(tx, organizationId, userId, now);
    await notify(deps, tx, {
      kind: 'role_changed',
      organizationId,
      userId,
      role,
      occasion: `${membershipId}/${now.toISOString()}`,
    });
    return { ...member, role };
  });
