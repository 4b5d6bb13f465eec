import type { GivableRole } from '../../organizations/capabilities.ts';
import type { InvitationId, OrganizationId, UserId } from '../../shared/ids.ts';

/** What a member, or who is to become one, is told about the team of an organization. `occasion` as of AccountNotice. */
export type TeamNotice =
  | { readonly kind: 'invitation'; readonly invitationId: InvitationId; readonly occasion: string }
  | (AboutMember & { readonly kind: 'role_changed'; readonly role: GivableRole })
  | (AboutMember & { readonly kind: 'member_removed' })
  /** `otherId`: who had the ownership before, or has it now. */
  | (AboutMember & { readonly kind: 'ownership_received' | 'ownership_given'; readonly otherId: UserId });
type AboutMember = {
  readonly organizationId: OrganizationId;
  readonly userId: UserId;
  readonly occasion: string;
};

/** What tells several of a kind apart. */
export const subjectOfTeam = (notice: TeamNotice): string =>
  `${notice.kind === 'invitation' ? notice.invitationId : notice.userId}/${notice.occasion}`;
