import { DomainError } from '../shared/errors.ts';
import type { OrganizationId, UserId } from '../shared/ids.ts';
import type { ActingRole } from './capabilities.ts';
import type { MembershipStore, OrganizationStore } from './ports.ts';

/** The right in which somebody acts in an organization; what organizer procedures carry in their context. */
export type OrganizationAccess = {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly role: ActingRole;
};

export type GetMembershipDeps = {
  readonly organizations: OrganizationStore;
  readonly memberships: MembershipStore;
};

/**
 * Throws `thing.not_found` alike for an organization that does not exist and for one that the caller is not in. A platform
 * admin is let into every organization that exists.
 */
export const getMembership = async (
  deps: GetMembershipDeps,
  {
    organizationId,
    userId,
    isAdmin,
  }: { readonly organizationId: OrganizationId; readonly userId: UserId; readonly isAdmin: boolean },
): Promise<OrganizationAccess> => {
  const membership = await deps.memberships.find(organizationId, userId);
  if (isAdmin && (membership !== null || (await deps.organizations.find(organizationId)) !== null)) {
    return { organizationId, userId, role: 'platform_admin' };
  }
  if (membership === null) throw new DomainError('thing.not_found', { thing: 'organization' });
  return { organizationId, userId, role: membership.role };
};
