import type { UserId } from '../shared/ids.ts';
import { type Page, type PageRequest, pageRequestSchema } from '../shared/page.ts';
import { type Capability, capabilitiesOf, type Role } from './capabilities.ts';
import type { Organization } from './organization.ts';
import type { MembershipStore, OrganizationStore } from './ports.ts';

export const listMyOrganizationsSchema = pageRequestSchema;

export type MyOrganization = {
  readonly organization: Organization;
  readonly role: Role;
  /** What the role allows, so that clients show no buttons that are refused. */
  readonly capabilities: readonly Capability[];
};

export type ListMyOrganizationsDeps = {
  readonly organizations: OrganizationStore;
  readonly memberships: MembershipStore;
};

/** The organizations that an account is a member of, oldest membership first. Throws `cursor.invalid`. */
export const listMyOrganizations = async (
  deps: ListMyOrganizationsDeps,
  { userId, ...page }: PageRequest & { readonly userId: UserId },
): Promise<Page<MyOrganization>> => {
  const { items, nextCursor } = await deps.memberships.listOfUser(userId, page);
  const found = await deps.organizations.findMany(items.map(({ organizationId }) => organizationId));
  const byId = new Map(found.map((organization) => [organization.id, organization]));
  return {
    items: items.flatMap(({ organizationId, role }) => {
      const organization = byId.get(organizationId);
      return organization === undefined
        ? []
        : [{ organization, role, capabilities: [...capabilitiesOf[role]] }];
    }),
    nextCursor,
  };
};
