import type { MailTokenSource } from '../identity/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { AcceptInvitation } from './accept-invitation.ts';
import type { GivableRole } from './capabilities.ts';
import { isOpen, maskedEmail } from './invitation.ts';
import type { InvitationStore, OrganizationStore } from './ports.ts';

export type PreviewInvitationDeps = {
  readonly invitations: Pick<InvitationStore, 'findByToken'>;
  readonly organizations: Pick<OrganizationStore, 'find'>;
  readonly mailTokenSource: Pick<MailTokenSource, 'hashOf'>;
  readonly clock: Clock;
};

export type InvitationPreview = {
  readonly organizationName: string;
  readonly role: GivableRole;
  /** `a…@example.org`: which account to log in with. */
  readonly invited: string;
  readonly expiresAt: Date;
};

/** What somebody with the letter in hand accepts, before logging in. Uses nothing up. Throws `invitation.gone`. */
export const previewInvitation = async (
  { invitations, organizations, mailTokenSource, clock }: PreviewInvitationDeps,
  { token }: AcceptInvitation,
): Promise<InvitationPreview> => {
  const invitation = await invitations.findByToken(mailTokenSource.hashOf(token));
  if (invitation === null || !isOpen(invitation, clock.now())) throw new DomainError('invitation.gone', {});
  const organization = await organizations.find(invitation.organizationId);
  if (organization === null) throw new DomainError('invitation.gone', {});
  const { role, email, expiresAt } = invitation;
  return { organizationName: organization.name, role, invited: maskedEmail(email), expiresAt };
};
