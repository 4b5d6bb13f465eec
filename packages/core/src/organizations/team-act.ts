import type { NamedAccount } from '../identity/admins/admin-act.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { ActingRole, Role } from './capabilities.ts';

export const TEAM_ACTS = [
  'member_invited',
  'invitation_sent_again',
  'invitation_withdrawn',
  'invitation_accepted',
  'invitation_declined',
  'role_changed',
  'member_removed',
  'member_left',
  'ownership_transferred',
  /** A platform admin called a procedure that changes something of the organization: `what`. */
  'admin_called',
] as const;
export type TeamActKind = (typeof TEAM_ACTS)[number];

/** One thing that somebody did to the team of an organization, or an admin of the platform to the organization. */
export type TeamAct = {
  readonly organizationId: OrganizationId;
  /** 1, 2, 3, … within the organization: a gap means that somebody removed a record. */
  readonly number: number;
  readonly kind: TeamActKind;
  /** Who, called so at the time, and in what right. null: whoever had the letter; declining takes no account. */
  readonly by: (NamedAccount & { readonly as: ActingRole }) | null;
  /** The member that it is about, who may be the same; null: none. */
  readonly member: NamedAccount | null;
  /** The address that an invitation is for, masked: such addresses are not kept for ever. */
  readonly invited: string | null;
  /** The role that was given, or was had until then; null: none. */
  readonly role: Role | null;
  /** The procedure that an admin called; null otherwise. */
  readonly what: string | null;
  readonly at: Date;
};
