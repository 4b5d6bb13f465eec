import { z } from 'zod';
import { emailSchema } from '../identity/identity-schemas.ts';
import type { UserStore } from '../identity/ports.ts';
import { identityKey } from '../identity/user.ts';
import { type NotifyDeps, notify } from '../notifications/notify.ts';
import { beginTeamChange, type TeamChangeDeps } from '../organizations/begin-team-change.ts';
import { GIVABLE_ROLES } from '../organizations/capabilities.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import {
  INVITATION_MS,
  type Invitation,
  type InvitationView,
  invitationView,
  isOpen,
  MAX_INVITATIONS_A_DAY,
} from '../organizations/invitation.ts';
import { type LimitInvitationsDeps, limitInvitations } from '../organizations/limit-invitations.ts';
import type { InvitationStore } from '../organizations/ports.ts';
import { recordTeamAct } from '../organizations/record-team-act.ts';
import { requireMayGive } from '../organizations/team-rules.ts';
import { addMs, DAY_MS, HOUR_MS } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { Tx, UnitOfWork } from '../shared/unit-of-work.ts';

/** Ownership is not among the roles: it moves by transfer. */
export const givableRoleSchema = z.enum(GIVABLE_ROLES, {
  error: `must be one of ${GIVABLE_ROLES.join(', ')}; ownership is transferred to a member`,
});

export const inviteMemberSchema = z.object({
  organizationId: idSchema('org'),
  email: emailSchema,
  role: givableRoleSchema,
});
export type InviteMember = z.output<typeof inviteMemberSchema>;

export type InviteMemberDeps = NotifyDeps &
  LimitInvitationsDeps &
  TeamChangeDeps & {
    readonly invitations: Pick<InvitationStore, 'insert' | 'findOpen' | 'countSince' | 'markExpired'>;
    readonly users: Pick<UserStore, 'find' | 'findByEmailKey'>;
    readonly unitOfWork: UnitOfWork;
  };

/**
 * Invites an address into the team and mails it a token, all in one transaction: no invitation without its letter. Whether the
 * address has an account is told to nobody, unless it is a member already. Throws `membership.out_of_rank`, `membership.exists`,
 * `invitation.open_already`, `invitation.day_limit`, `invitation.inviter_unverified`, `account.too_often`.
 */
export const inviteMember = async (
  deps: InviteMemberDeps,
  access: OrganizationAccess,
  { email, role }: InviteMember,
): Promise<InvitationView> => {
  const emailKey = identityKey(email);
  // Before the transaction, which may run several times.
  await limitInvitations(deps, { userId: access.userId, emailKey });
  return deps.unitOfWork.run(async (tx) => {
    const { organizationId, userId, role: acting } = await beginTeamChange(deps, tx, access, 'members.write');
    requireMayGive(acting, role);
    const now = deps.clock.now();
    await requireNewcomer(deps, tx, access, emailKey);
    const made = await deps.invitations.countSince(organizationId, addMs(now, -DAY_MS), tx);
    if (made >= MAX_INVITATIONS_A_DAY)
      throw new DomainError('invitation.day_limit', { limit: MAX_INVITATIONS_A_DAY, retryAfterMs: HOUR_MS });
    const invitation: Invitation = {
      id: deps.ids.next('inv'),
      organizationId,
      email,
      emailKey,
      role,
      status: 'open',
      invitedBy: userId,
      letters: 1,
      lastLetterAt: now,
      expiresAt: addMs(now, INVITATION_MS),
      acceptedBy: null,
      endedAt: null,
      createdAt: now,
    };
    await deps.invitations.insert(tx, invitation);
    const by = { userId, as: acting };
    await recordTeamAct(deps, tx, { organizationId, kind: 'member_invited', by, invitedEmail: email, role });
    await notify(deps, tx, { kind: 'invitation', invitationId: invitation.id, occasion: '1' });
    return invitationView(invitation, now);
  });
};

/** Neither a member nor invited; an open invitation that ran out makes room. */
const requireNewcomer = async (
  { users, memberships, invitations, clock }: InviteMemberDeps,
  tx: Tx,
  { organizationId }: OrganizationAccess,
  emailKey: string,
): Promise<void> => {
  const user = await users.findByEmailKey(emailKey);
  if (user !== null && (await memberships.find(organizationId, user.id, tx)) !== null)
    throw new DomainError('membership.exists', {});
  const open = await invitations.findOpen(organizationId, emailKey, tx);
  if (open === null) return;
  if (isOpen(open, clock.now())) throw new DomainError('invitation.open_already', {});
  await invitations.markExpired(tx, open.id, clock.now());
};
