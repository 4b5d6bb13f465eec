import { DomainError } from '../shared/errors.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { type Capability, requireCapability } from './capabilities.ts';
import type { OrganizationAccess } from './get-membership.ts';
import type { MembershipStore, OrganizationStore } from './ports.ts';
import type { RecordTeamActDeps } from './record-team-act.ts';

export type TeamChangeDeps = RecordTeamActDeps & {
  readonly organizations: Pick<OrganizationStore, 'takeTurn'>;
  readonly memberships: Pick<MembershipStore, 'find'>;
};

/**
 * The first step of every change of a team: takes its turn, and looks again in what right the caller acts, because a change that
 * ran meanwhile may have removed them. Each takes down what it did (recordTeamAct). `capability` null: any member. Throws `thing.not_found`, `capability.missing`.
 */
export const beginTeamChange = async (
  { organizations, memberships }: TeamChangeDeps,
  tx: Tx,
  access: OrganizationAccess,
  capability: Capability | null,
): Promise<OrganizationAccess> => {
  const { organizationId, userId } = access;
  const noOrganization = new DomainError('thing.not_found', { thing: 'organization' });
  if (!(await organizations.takeTurn(tx, organizationId))) throw noOrganization;
  if (access.role === 'platform_admin') return access;
  const membership = await memberships.find(organizationId, userId, tx);
  if (membership === null) throw noOrganization;
  if (capability !== null) requireCapability(membership.role, capability);
  return { organizationId, userId, role: membership.role };
};
