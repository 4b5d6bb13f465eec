import type { UserId } from '../shared/ids.ts';
import { type Page, type PageRequest, pageRequestSchema } from '../shared/page.ts';
import { type Capability, capabilitiesOf, type Role } from './capabilities.ts';
import type { Organization } from './organization.ts';
import type { MembershipStore } from './ports.ts';

export const listMyOrganizationsSchema = pageRequestSchema;

export type MyOrganization = {
  readonly organization: Organization;
  readonly role: Role;
  /** What the role allows, so that clients show no buttons that are refused. */
  readonly capabilities: readonly Capability[];
};

export type ListMyOrganizationsDeps = { readonly memberships: MembershipStore };

export const listMyOrganizations = async (
  deps: ListMyOrganizationsDeps,
  { userId, ...page }: PageRequest & { readonly userId: UserId },
): Promise<Page<MyOrganization>> => {
  const { items, nextCursor } = await deps.memberships.listOfUser(userId, page);
  return {
    items: items.map(({ organization, membership: { role } }) => ({
      organization,
      role,
      capabilities: [...capabilitiesOf[role]],
    })),
    nextCursor,
  };
};
