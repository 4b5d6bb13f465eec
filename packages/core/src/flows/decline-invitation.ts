import { type LimitDeps, limitAttempts } from '../identity/attempts.ts';
import type { MailTokenSource } from '../identity/ports.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import type { AcceptInvitation } from '../organizations/accept-invitation.ts';
import { isOpen } from '../organizations/invitation.ts';
import type { InvitationStore, OrganizationStore } from '../organizations/ports.ts';
import { type RecordTeamActDeps, recordTeamAct } from '../organizations/record-team-act.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';

export type DeclineInvitation = AcceptInvitation & { readonly network?: string | null };

export type DeclineInvitationDeps = NotifyDeps &
  LimitDeps &
  RecordTeamActDeps & {
    readonly invitations: Pick<InvitationStore, 'findByToken' | 'markDeclined'>;
    readonly organizations: Pick<OrganizationStore, 'takeTurn'>;
    readonly mailTokenSource: Pick<MailTokenSource, 'hashOf'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * Says no, by the token alone: nobody has to open an account for that. Its letters open nothing from then on, and who invited is told.
 * Declining again changes nothing. Anybody may call it: a guess is counted, and takes no transaction from who buys. Throws
 * `invitation.gone`, `auth.too_many_attempts`.
 */
export const declineInvitation = async (
  deps: DeclineInvitationDeps,
  { token, network }: DeclineInvitation,
): Promise<{ readonly status: 'declined' }> => {
  await limitAttempts(deps, 'present_code_per_address', network);
  const hash = deps.mailTokenSource.hashOf(token);
  const gone = new DomainError('invitation.gone', {});
  if ((await deps.invitations.findByToken(hash)) === null) throw gone;
  return deps.unitOfWork.run(async (tx) => {
    const invitation = await deps.invitations.findByToken(hash, tx);
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
};
