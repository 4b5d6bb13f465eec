import { z } from 'zod';
import { mailTokenSchema } from '../identity/mail-token.ts';
import type { MailTokenSource, UserStore } from '../identity/ports.ts';
import type { User } from '../identity/user.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { IdSource, UserId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { type Invitation, isOpen, maskedEmail } from './invitation.ts';
import { mayStillAct } from './may-still-act.ts';
import type { Membership } from './organization.ts';
import type { InvitationStore, MembershipStore, OrganizationStore } from './ports.ts';
import { type RecordTeamActDeps, recordTeamAct } from './record-team-act.ts';

export const acceptInvitationSchema = z.object({ token: mailTokenSchema });
export type AcceptInvitation = z.output<typeof acceptInvitationSchema>;

export type AcceptInvitationDeps = RecordTeamActDeps & {
  readonly invitations: Pick<InvitationStore, 'findByToken' | 'markAccepted'>;
  readonly organizations: Pick<OrganizationStore, 'takeTurn'>;
  readonly memberships: Pick<MembershipStore, 'find' | 'insert'>;
  readonly users: Pick<UserStore, 'find'>;
  readonly mailTokenSource: Pick<MailTokenSource, 'hashOf'>;
  readonly unitOfWork: UnitOfWork;
  readonly ids: IdSource;
  readonly clock: Clock;
};

/** The letter may have been passed on: the account must have proved on its own that it reads that address. */
const requireInvited = (invitation: Invitation, user: User): void => {
  if (user.emailKey !== invitation.emailKey)
    throw new DomainError('invitation.other_address', { invited: maskedEmail(invitation.email) });
  if (user.emailVerifiedAt === null) throw new DomainError('invitation.address_unverified', {});
};

/**
 * Makes the caller a member, by a mailed token. The token and the membership are one transaction, so nothing is used up for nothing;
 * accepting again after a lost answer brings the same membership. Throws `invitation.gone`, `invitation.other_address`,
 * `invitation.address_unverified`, `membership.exists`.
 */
export const acceptInvitation = (
  deps: AcceptInvitationDeps,
  { token, userId }: AcceptInvitation & { readonly userId: UserId },
): Promise<Membership> =>
  deps.unitOfWork.run(async (tx) => {
    const invitation = await deps.invitations.findByToken(deps.mailTokenSource.hashOf(token), tx);
    const user = await deps.users.find(userId);
    const gone = new DomainError('invitation.gone', {});
    if (invitation === null || user === null) throw gone;
    const { organizationId } = invitation;
    const inviter = { organizationId, userId: invitation.invitedBy };
    await deps.organizations.takeTurn(tx, organizationId);
    const known = await deps.memberships.find(organizationId, userId, tx);
    if (invitation.status === 'accepted' && invitation.acceptedBy === userId && known !== null) return known;
    const now = deps.clock.now();
    if (!isOpen(invitation, now) || !(await mayStillAct(deps, inviter, ['members.write'], tx))) throw gone;
    requireInvited(invitation, user);
    if (known !== null) throw new DomainError('membership.exists', {});
    const membership: Membership = {
      id: deps.ids.next('mbr'),
      organizationId,
      userId,
      role: invitation.role,
      createdAt: now,
    };
    if (!(await deps.invitations.markAccepted(tx, invitation.id, userId, now))) throw gone;
    await deps.memberships.insert(tx, membership);
    await recordTeamAct(deps, tx, {
      organizationId,
      kind: 'invitation_accepted',
      by: { userId, as: membership.role },
      memberId: userId,
      role: membership.role,
    });
    return membership;
  });
