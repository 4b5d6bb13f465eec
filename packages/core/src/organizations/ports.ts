import type { OrganizationId, UserId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Membership, Organization } from './organization.ts';

export type OrganizationStore = {
  readonly insert: (tx: Tx, organization: Organization) => Promise<void>;
  /** In `tx`: as its snapshot has it. */
  readonly find: (id: OrganizationId, tx?: Tx) => Promise<Organization | null>;
  /** Those that exist, in no particular order. */
  readonly findMany: (ids: readonly OrganizationId[]) => Promise<Organization[]>;
};

export type MembershipStore = {
  readonly insert: (tx: Tx, membership: Membership) => Promise<void>;
  readonly find: (organizationId: OrganizationId, userId: UserId) => Promise<Membership | null>;
  /** An account's memberships, oldest first. Throws `cursor.invalid`. */
  readonly listOfUser: (userId: UserId, page: PageRequest) => Promise<Page<Membership>>;
};
