import type { MembershipId, OrganizationId, UserId } from '../shared/ids.ts';
import type { Role } from './capabilities.ts';

/** Who sells: venues, events and bookings belong to one. */
export type Organization = {
  readonly id: OrganizationId;
  readonly name: string;
  readonly createdBy: UserId;
  readonly createdAt: Date;
};

/** What an account may do in an organization. At most one per account and organization. */
export type Membership = {
  readonly id: MembershipId;
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly role: Role;
  readonly createdAt: Date;
};
