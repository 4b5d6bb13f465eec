import { DomainError } from '../shared/errors.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { beginTeamChange, type TeamChangeDeps } from './begin-team-change.ts';
import type { OrganizationAccess } from './get-membership.ts';
import type { MemberRef } from './member-ref.ts';
import type { Membership } from './organization.ts';
import type { MembershipStore } from './ports.ts';
import { requireMayChange } from './team-rules.ts';

export type MemberToChangeDeps = TeamChangeDeps & {
  readonly memberships: Pick<MembershipStore, 'find' | 'findOwn'>;
};

/**
 * Begins a change of a member (beginTeamChange): in what right the caller acts now, and whom it is about. Throws `thing.not_found`,
 * `capability.missing`, `membership.is_owner`, `membership.out_of_rank`.
 */
export const memberToChange = async (
  deps: MemberToChangeDeps,
  tx: Tx,
  access: OrganizationAccess,
  { organizationId, membershipId }: MemberRef,
): Promise<{ readonly acting: OrganizationAccess; readonly member: Membership }> => {
  const acting = await beginTeamChange(deps, tx, access, 'members.write');
  const member = await deps.memberships.findOwn(organizationId, membershipId, tx);
  if (member === null) throw new DomainError('thing.not_found', { thing: 'member' });
  requireMayChange(acting.role, member.role);
  return { acting, member };
};
