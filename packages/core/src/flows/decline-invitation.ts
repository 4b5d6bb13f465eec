import type { MailTokenSource } from '../identity/ports.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import type { AcceptInvitation } from '../organizations/accept-invitation.ts';
import { isOpen } from '../organizations/invitation.ts';
import type { InvitationStore, OrganizationStore } from '../organizations/ports.ts';
import { type RecordTeamActDeps, recordTeamAct } from '../organizations/record-team-act.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';

export type DeclineInvitationDeps = NotifyDeps &
  RecordTeamActDeps & {
    readonly invitations: Pick<InvitationStore, 'findByToken' | 'markDeclined'>;
    readonly organizations: Pick<OrganizationStore, 'takeTurn'>;
    readonly mailTokenSource: Pick<MailTokenSource, 'hashOf'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * Says no, by the token alone: nobody has to open an account for that. Its letters open nothing from then on, and who invited is told.
 * Declining again changes nothing. Throws `invitation.gone`.
 */
export const declineInvitation = (
  deps: DeclineInvitationDeps,
  { token }: AcceptInvitation,
): Promise<{ readonly status: 'declined' }> =>
  deps.unitOfWork.run(async (tx) => {
    const invitation = await deps.invitations.findByToken(deps.mailTokenSource.hashOf(token), tx);
    const gone = new DomainError('invitation.gone', {});
    if (invitation === null) throw gone;
    if (invitation.status === 'declined') return { status: 'declined' };
    const { id: invitationId, organizationId, email: invitedEmail, role } = invitation;
    await deps.organizations.takeTurn(tx, organizationId);
    const now = deps.clock.now();
    if (!isOpen(invitation, now) || !(await deps.invitations.markDeclined(tx, invitationId, now))) throw gone;
    await recordTeamAct(deps, tx, {
      organizationId,
      kind: 'invitation_declined',
      by: null,
      invitedEmail,
      role,
    });
    await notify(deps, tx, { kind: 'invitation_declined', invitationId, occasion: 'declined' });
    return { status: 'declined' };
  });
