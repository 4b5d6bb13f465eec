import type { z } from 'zod';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { beginTeamChange, type TeamChangeDeps } from '../organizations/begin-team-change.ts';
import { isAllowed } from '../organizations/capabilities.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import type { Membership } from '../organizations/organization.ts';
import type { InvitationStore, MembershipStore } from '../organizations/ports.ts';
import { requireMayChange, requireMayGive } from '../organizations/team-rules.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { givableRoleSchema } from './invite-member.ts';
import { memberRefSchema } from './remove-member.ts';

export const changeRoleSchema = memberRefSchema.extend({ role: givableRoleSchema });
export type ChangeRole = z.output<typeof changeRoleSchema>;

export type ChangeRoleDeps = NotifyDeps &
  TeamChangeDeps & {
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
    const acting = await beginTeamChange(deps, tx, access, 'members.write');
    const member = await deps.memberships.findOwn(organizationId, membershipId, tx);
    if (member === null) throw new DomainError('thing.not_found', { thing: 'member' });
    requireMayChange(acting.role, member.role);
    requireMayGive(acting.role, role);
    if (member.role === role) return member;
    if (!(await deps.memberships.changeRole(tx, member, role)))
      throw new DomainError('membership.changed_meanwhile', {});
    const now = deps.clock.now();
    const { userId } = member;
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
