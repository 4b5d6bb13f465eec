import { calledBy } from '../identity/called-by.ts';
import type { MailTokenSource, UserStore } from '../identity/ports.ts';
import { isOpen } from '../organizations/invitation.ts';
import type { InvitationStore, OrganizationStore } from '../organizations/ports.ts';
import type { UserId } from '../shared/ids.ts';
import type { TeamNotice } from './notices/team-notice.ts';
import { type TeamMatter, teamLetterOf } from './templates/team-letter-of.ts';
import type { WrittenLetter } from './write-account-letter.ts';

export type TeamLetterDeps = {
  readonly users: Pick<UserStore, 'find'>;
  readonly organizations: Pick<OrganizationStore, 'find'>;
  readonly invitations: Pick<InvitationStore, 'find' | 'addToken'>;
  readonly mailTokenSource: Pick<MailTokenSource, 'mint'>;
};

/**
 * The letter about a team; null when there is nothing to say any more (an invitation that was accepted or withdrawn before it was
 * mailed). An invitation's token is minted here and only its hash is kept; a letter that is sent again brings another one.
 */
export const writeTeamLetter = (
  deps: TeamLetterDeps,
  notice: TeamNotice,
  now: Date,
): Promise<WrittenLetter | null> =>
  notice.kind === 'invitation' ? writeInvitation(deps, notice, now) : writeNews(deps, notice);

type InvitationNotice = Extract<TeamNotice, { kind: 'invitation' }>;

const writeInvitation = async (
  { users, organizations, invitations, mailTokenSource }: TeamLetterDeps,
  { invitationId }: InvitationNotice,
  now: Date,
): Promise<WrittenLetter | null> => {
  const invitation = await invitations.find(invitationId);
  if (invitation === null || !isOpen(invitation, now)) return null;
  const organization = await organizations.find(invitation.organizationId);
  if (organization === null) return null;
  const { token, hash } = mailTokenSource.mint();
  if (!(await invitations.addToken(invitation.id, hash))) return null;
  const { email, role, expiresAt } = invitation;
  const invitedBy = await nameOf(users, invitation.invitedBy);
  const matter: TeamMatter = { kind: 'invitation', role, invitedBy, token, expiresAt };
  return {
    to: { email, name: null },
    letter: teamLetterOf({ organizationName: organization.name, name: null, matter }),
  };
};

const writeNews = async (
  { users, organizations }: TeamLetterDeps,
  notice: Exclude<TeamNotice, InvitationNotice>,
): Promise<WrittenLetter | null> => {
  const user = await users.find(notice.userId);
  const organization = await organizations.find(notice.organizationId);
  if (user === null || organization === null) return null;
  const matter: TeamMatter =
    'otherId' in notice ? { kind: notice.kind, other: await nameOf(users, notice.otherId) } : notice;
  const { email, profile } = user;
  return {
    to: { email, name: profile.name },
    letter: teamLetterOf({ organizationName: organization.name, name: calledBy(user), matter }),
  };
};

const nameOf = async (users: TeamLetterDeps['users'], userId: UserId): Promise<string> => {
  const user = await users.find(userId);
  return user === null ? 'somebody without an account' : calledBy(user);
};
