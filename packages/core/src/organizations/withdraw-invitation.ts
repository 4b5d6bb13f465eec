import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { beginTeamChange, type TeamChangeDeps } from './begin-team-change.ts';
import type { OrganizationAccess } from './get-membership.ts';
import { type InvitationView, invitationView } from './invitation.ts';
import type { InvitationStore } from './ports.ts';
import { recordTeamAct } from './record-team-act.ts';
import { requireMayGive } from './team-rules.ts';

export const invitationRefSchema = z.object({
  organizationId: idSchema('org'),
  invitationId: idSchema('inv'),
});
export type InvitationRef = z.output<typeof invitationRefSchema>;

export type WithdrawInvitationDeps = TeamChangeDeps & {
  readonly invitations: Pick<InvitationStore, 'findOwn' | 'markWithdrawn'>;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
};

/**
 * From now on its letters open nothing. Withdrawing it again changes nothing. Throws `thing.not_found`, `invitation.gone` (it was
 * accepted), `membership.out_of_rank`.
 */
export const withdrawInvitation = (
  deps: WithdrawInvitationDeps,
  access: OrganizationAccess,
  { invitationId }: InvitationRef,
): Promise<InvitationView> =>
  deps.unitOfWork.run(async (tx) => {
    const acting = await beginTeamChange(deps, tx, access, 'members.write');
    const invitation = await deps.invitations.findOwn(access.organizationId, invitationId, tx);
    if (invitation === null) throw new DomainError('thing.not_found', { thing: 'invitation' });
    requireMayGive(acting.role, invitation.role);
    const now = deps.clock.now();
    if (invitation.status !== 'withdrawn') {
      if (!(await deps.invitations.markWithdrawn(tx, invitation.id, now)))
        throw new DomainError('invitation.gone', {});
      await recordTeamAct(deps, tx, {
        organizationId: access.organizationId,
        kind: 'invitation_withdrawn',
        by: { userId: acting.userId, as: acting.role },
        invitedEmail: invitation.email,
        role: invitation.role,
      });
    }
    return invitationView({ ...invitation, status: 'withdrawn', endedAt: now }, now);
  });
