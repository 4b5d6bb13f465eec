import { changeRole } from '../flows/change-role.ts';
import { declineInvitation } from '../flows/decline-invitation.ts';
import { inviteMember } from '../flows/invite-member.ts';
import { registerSchema } from '../flows/register.ts';
import { removeMember } from '../flows/remove-member.ts';
import { resendInvitation } from '../flows/resend-invitation.ts';
import { transferOwnership } from '../flows/transfer-ownership.ts';
import type { UserStore } from '../identity/ports.ts';
import { identityKey } from '../identity/user.ts';
import type { NotificationId } from '../notifications/notification.ts';
import type { Email, NotificationStore } from '../notifications/ports.ts';
import { sendNotification } from '../notifications/send-notification.ts';
import { acceptInvitation } from '../organizations/accept-invitation.ts';
import type { GivableRole } from '../organizations/capabilities.ts';
import { createOrganization } from '../organizations/create-organization.ts';
import { getMembership } from '../organizations/get-membership.ts';
import { leaveOrganization } from '../organizations/leave-organization.ts';
import type {
  InvitationStore,
  MembershipStore,
  OrganizationStore,
  TeamActStore,
} from '../organizations/ports.ts';
import { withdrawInvitation } from '../organizations/withdraw-invitation.ts';
import type { InvitationId, OrganizationId, UserId } from '../shared/ids.ts';
import type { OutboxMessage } from '../shared/outbox.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';
import { codeIn } from './account-world.ts';
import { fakeClock } from './fake-clock.ts';
import { identityWorld, registerQuietly } from './identity-world.ts';
import { inMemoryAttempts } from './in-memory-attempts.ts';
import { inMemoryInvitations } from './in-memory-invitations.ts';
import { inMemoryNotifications } from './in-memory-notifications.ts';
import { inMemoryOrganizations } from './in-memory-organizations.ts';
import { inMemoryTeamActs } from './in-memory-team-acts.ts';

export type TeamStores = {
  readonly users: UserStore;
  readonly organizations: OrganizationStore;
  readonly memberships: MembershipStore;
  readonly invitations: InvitationStore;
  readonly teamActs: TeamActStore;
  readonly notifications: NotificationStore;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
};

const inMemoryTeams = (): TeamStores => ({
  ...inMemoryOrganizations(),
  users: identityWorld().users,
  invitations: inMemoryInvitations(),
  teamActs: inMemoryTeamActs(),
  notifications: inMemoryNotifications(),
  outbox: { add: async () => undefined },
});

const unused = () => Promise.reject(new Error('letters about teams do not need this'));

/** Ahead of the real time, because MongoDB's TTL monitor goes by that. */
const START = new Date(Date.UTC(2090, 0, 1));

/** Everything that a team needs, in memory or over the stores given. `deliver` is the worker: it sends what was queued since. */
export const teamWorld = (stores: TeamStores = inMemoryTeams()) => {
  const queued: OutboxMessage[] = [];
  const outbox: Outbox = {
    add: async (tx, messages) => {
      queued.push(...messages);
      await stores.outbox.add(tx, messages);
    },
  };
  const clock = fakeClock(START);
  const deps = { ...identityWorld(), ...stores, outbox, clock, attempts: inMemoryAttempts(clock) };
  const deliver = async (sender?: (mail: Email) => Promise<void>): Promise<Email[]> => {
    const mails: Email[] = [];
    const send = async (mail: Email) => {
      await sender?.(mail);
      mails.push(mail);
      return { outcome: 'sent' as const, providerId: 'provider-1' };
    };
    for (const message of queued)
      if (message.job === 'notification.send')
        await sendNotification(
          {
            ...deps,
            accounts: deps,
            teams: deps,
            organizers: deps,
            transferLetters: {
              ...deps,
              transfers: { find: unused, addToken: unused },
              saleEvents: { find: unused },
            },
            email: { send },
            waitlist: {
              waitlistOffers: { find: unused },
              waitlistEntries: { find: unused },
              venues: { find: unused },
            },
            bookings: { find: unused },
            corrections: { find: unused },
            tickets: { listOfBooking: unused },
            events: { find: unused },
            documents: { tickets: unused, receipt: unused },
            signer: { sign: unused },
            links: { insert: unused },
            linkSource: { mint: () => ({ code: '', hash: '' }) },
            publicUrl: 'http://localhost',
            qr: { png: unused },
            sms: { send: unused },
            smsAllowance: { take: unused },
          },
          message.payload.notificationId as NotificationId,
        );
    return mails;
  };
  const person = async (username: string, { verified = true } = {}): Promise<UserId> => {
    const email = `${username}@example.org`;
    const { account } = await registerQuietly(
      deps,
      registerSchema.parse({ username, email, password: 'correct horse battery' }),
    );
    if (verified) await deps.users.markEmailVerified(account.id, identityKey(email), deps.clock.now());
    return account.id;
  };
  return { ...deps, queued, deliver, person };
};
export type TeamWorld = ReturnType<typeof teamWorld>;

/** The opera and its owner, with what members can do there as short calls. */
export const openTeam = async (world: TeamWorld, ownersName = 'olga') => {
  const owner = await world.person(ownersName);
  const { organization, membership } = await createOrganization(world, { userId: owner, name: 'Opera' });
  const organizationId: OrganizationId = organization.id;
  const access = (userId: UserId) => getMembership(world, { organizationId, userId, isAdmin: false });
  const ref = async (userId: UserId) => {
    const found = await world.memberships.find(organizationId, userId);
    if (found === null) throw new Error('no member');
    return { organizationId, membershipId: found.id };
  };
  const invite = async (by: UserId, email: string, role: GivableRole) =>
    inviteMember(world, await access(by), { organizationId, email, role });
  const accept = (userId: UserId, token: string) => acceptInvitation(world, { userId, token });
  const decline = (token: string) => declineInvitation(world, { token });
  const history = async () => (await world.teamActs.list(organizationId, { limit: 100 })).items.toReversed();
  const join = async (username: string, role: GivableRole): Promise<UserId> => {
    const userId = await world.person(username);
    await invite(owner, `${username}@example.org`, role);
    await accept(userId, codeIn((await world.deliver()).at(-1)));
    return userId;
  };
  return {
    owner,
    organizationId,
    ownersId: membership.id,
    access,
    ref,
    invite,
    accept,
    decline,
    history,
    join,
    resend: async (by: UserId, invitationId: InvitationId) =>
      resendInvitation(world, await access(by), { organizationId, invitationId }),
    withdraw: async (by: UserId, invitationId: InvitationId) =>
      withdrawInvitation(world, await access(by), { organizationId, invitationId }),
    changeRole: async (by: UserId, of: UserId, role: GivableRole) =>
      changeRole(world, await access(by), { ...(await ref(of)), role }),
    remove: async (by: UserId, of: UserId) => removeMember(world, await access(by), await ref(of)),
    leave: async (userId: UserId) => leaveOrganization(world, await access(userId)),
    transfer: async (by: UserId, to: UserId) => transferOwnership(world, await access(by), await ref(to)),
    roleOf: async (userId: UserId) => (await world.memberships.find(organizationId, userId))?.role ?? null,
  };
};
