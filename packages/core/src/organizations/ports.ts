import type { InvitationId, MembershipId, OrganizationId, UserId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Role } from './capabilities.ts';
import type { Invitation } from './invitation.ts';
import type { Membership, Organization, OrganizationProfile } from './organization.ts';
import type { TeamAct } from './team-act.ts';

export type OrganizationStore = {
  readonly insert: (tx: Tx, organization: Organization) => Promise<void>;
  /** In `tx`: as its snapshot has it. */
  readonly find: (id: OrganizationId, tx?: Tx) => Promise<Organization | null>;
  readonly findBySlug: (slug: string) => Promise<Organization | null>;
  /** Those that exist, in no particular order. */
  readonly findMany: (ids: readonly OrganizationId[]) => Promise<Organization[]>;
  /** Changes only the fields given; null when there is no such organization. Throws `organization.slug_taken`. */
  readonly changeProfile: (
    tx: Tx,
    id: OrganizationId,
    changes: Partial<OrganizationProfile>,
  ) => Promise<Organization | null>;
  /**
   * Of two transactions that change the team of one organization at once, one is run again after the other, so each decides on
   * what the other left. false when there is no such organization.
   */
  readonly takeTurn: (tx: Tx, id: OrganizationId) => Promise<boolean>;
};

/** An organization has at most one owner, and an account at most one membership in it: a write against that throws. */
export type MembershipStore = {
  readonly insert: (tx: Tx, membership: Membership) => Promise<void>;
  readonly find: (organizationId: OrganizationId, userId: UserId, tx?: Tx) => Promise<Membership | null>;
  readonly findOwn: (
    organizationId: OrganizationId,
    membershipId: MembershipId,
    tx?: Tx,
  ) => Promise<Membership | null>;
  readonly findOwner: (organizationId: OrganizationId, tx?: Tx) => Promise<Membership | null>;
  /** An account's memberships, oldest first. Throws `cursor.invalid`. */
  readonly listOfUser: (userId: UserId, page: PageRequest) => Promise<Page<Membership>>;
  /** An organization's memberships, oldest first. Throws `cursor.invalid`. */
  readonly listOfOrganization: (
    organizationId: OrganizationId,
    page: PageRequest,
  ) => Promise<Page<Membership>>;
  /** false when the member is gone, or has not the role of `from` any more. */
  readonly changeRole: (tx: Tx, from: Membership, role: Role) => Promise<boolean>;
  /** false when the member is gone, or has not the role of `from` any more. */
  readonly remove: (tx: Tx, from: Membership) => Promise<boolean>;
};

/** The trail of what was done to teams. Nothing changes or removes a record. */
export type TeamActStore = {
  /** Under the next number of its organization. Of two transactions that record at once, one is run again. */
  readonly record: (tx: Tx, act: Omit<TeamAct, 'number'>) => Promise<void>;
  /** Newest first. Throws `cursor.invalid`. */
  readonly list: (organizationId: OrganizationId, page: PageRequest) => Promise<Page<TeamAct>>;
};

/** All changes are compare-and-sets on `open`. Tokens are kept by their hash, and are no part of what is read. */
export type InvitationStore = {
  /** Throws `invitation.open_already`. */
  readonly insert: (tx: Tx, invitation: Invitation) => Promise<void>;
  readonly find: (id: InvitationId) => Promise<Invitation | null>;
  readonly findOwn: (organizationId: OrganizationId, id: InvitationId, tx?: Tx) => Promise<Invitation | null>;
  /** Of any status, by the hash of a token that was mailed. */
  readonly findByToken: (hash: string, tx?: Tx) => Promise<Invitation | null>;
  /** The one whose status is open, expired or not. */
  readonly findOpen: (
    organizationId: OrganizationId,
    emailKey: string,
    tx?: Tx,
  ) => Promise<Invitation | null>;
  /** How many an organization made at `since` or later, whatever became of them. */
  readonly countSince: (organizationId: OrganizationId, since: Date, tx?: Tx) => Promise<number>;
  /** Those whose status is open, oldest first. Throws `cursor.invalid`. */
  readonly listOpen: (organizationId: OrganizationId, page: PageRequest) => Promise<Page<Invitation>>;
  /** One more token that accepts it; the oldest beyond MAX_INVITATION_TOKENS are forgotten. false when it is not open. */
  readonly addToken: (id: InvitationId, hash: string) => Promise<boolean>;
  /** Takes over `letters`, `lastLetterAt` and `expiresAt`. false when it is not open, or another letter came first. */
  readonly markResent: (tx: Tx, resent: Invitation) => Promise<boolean>;
  readonly markAccepted: (tx: Tx, id: InvitationId, by: UserId, at: Date) => Promise<boolean>;
  readonly markDeclined: (tx: Tx, id: InvitationId, at: Date) => Promise<boolean>;
  readonly markWithdrawn: (tx: Tx, id: InvitationId, at: Date) => Promise<boolean>;
  readonly markExpired: (tx: Tx, id: InvitationId, at: Date) => Promise<boolean>;
  /** Withdraws the open ones that this account made. */
  readonly withdrawAllBy: (
    tx: Tx,
    organizationId: OrganizationId,
    invitedBy: UserId,
    at: Date,
  ) => Promise<void>;
};
