import type { MembershipId, OrganizationId, UserId } from '../shared/ids.ts';
import type { Role } from './capabilities.ts';

/** What the public may read about who sells. */
export type OrganizationProfile = {
  readonly name: string;
  /** The name in addresses of pages, unique; null until one is chosen. */
  readonly slug: string | null;
  readonly description: string;
  /** Where buyers write to; null: not told. */
  readonly contactEmail: string | null;
};

/** Who sells: venues, events and bookings belong to one. Has exactly one owner. */
export type Organization = OrganizationProfile & {
  readonly id: OrganizationId;
  readonly createdBy: UserId;
  readonly createdAt: Date;
};

export type PublicOrganization = OrganizationProfile & { readonly id: OrganizationId };

/** What an account may do in an organization. At most one per account and organization. */
export type Membership = {
  readonly id: MembershipId;
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly role: Role;
  readonly createdAt: Date;
};
