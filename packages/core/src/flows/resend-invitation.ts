import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { beginTeamChange, type TeamChangeDeps } from '../organizations/begin-team-change.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import { type InvitationView, invitationView, withAnotherLetter } from '../organizations/invitation.ts';
import { type LimitInvitationsDeps, limitInvitations } from '../organizations/limit-invitations.ts';
import type { InvitationStore } from '../organizations/ports.ts';
import { recordTeamAct } from '../organizations/record-team-act.ts';
import { requireMayGive } from '../organizations/team-rules.ts';
import type { InvitationRef } from '../organizations/withdraw-invitation.ts';
import { DomainError } from '../shared/errors.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';

export type ResendInvitationDeps = NotifyDeps &
  LimitInvitationsDeps &
  TeamChangeDeps & {
    readonly invitations: Pick<InvitationStore, 'findOwn' | 'markResent'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * Mails the invitation once more, with a token of its own; it is valid for INVITATION_MS from now on. Letters that went out before
 * work too. Throws `thing.not_found`, `invitation.gone`, `invitation.letter_too_soon`, `invitation.letters_spent`,
 * `membership.out_of_rank`, `invitation.inviter_unverified`, `account.too_often`.
 */
export const resendInvitation = async (
  deps: ResendInvitationDeps,
  access: OrganizationAccess,
  { invitationId }: InvitationRef,
): Promise<InvitationView> => {
  const unknown = new DomainError('thing.not_found', { thing: 'invitation' });
  const known = await deps.invitations.findOwn(access.organizationId, invitationId);
  if (known === null) throw unknown;
  // What is refused anyway counts for nobody.
  withAnotherLetter(known, deps.clock.now());
  await limitInvitations(deps, { userId: access.userId, emailKey: known.emailKey });
  return deps.unitOfWork.run(async (tx) => {
    const acting = await beginTeamChange(deps, tx, access, 'members.write');
    const invitation = await deps.invitations.findOwn(access.organizationId, invitationId, tx);
    if (invitation === null) throw unknown;
    requireMayGive(acting.role, invitation.role);
    const now = deps.clock.now();
    const resent = withAnotherLetter(invitation, now);
    if (!(await deps.invitations.markResent(tx, resent))) throw new DomainError('invitation.gone', {});
    await recordTeamAct(deps, tx, {
      organizationId: access.organizationId,
      kind: 'invitation_sent_again',
      by: { userId: acting.userId, as: acting.role },
      invitedEmail: invitation.email,
      role: invitation.role,
    });
    await notify(deps, tx, { kind: 'invitation', invitationId, occasion: String(resent.letters) });
    return invitationView(resent, now);
  });
};
