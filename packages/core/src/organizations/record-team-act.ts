import type { NamedAccount } from '../identity/admins/admin-act.ts';
import type { UserStore } from '../identity/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { OrganizationId, UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { ActingRole } from './capabilities.ts';
import { maskedEmail } from './invitation.ts';
import type { TeamActStore } from './ports.ts';
import type { TeamAct } from './team-act.ts';

export type RecordTeamActDeps = {
  readonly teamActs: Pick<TeamActStore, 'record'>;
  readonly users: Pick<UserStore, 'find'>;
  readonly clock: Clock;
};

/** An act as a use case knows it: by ids. What is absent is null in the record. */
export type TeamActDone = Pick<TeamAct, 'kind'> &
  Partial<Pick<TeamAct, 'role' | 'what'>> & {
    readonly organizationId: OrganizationId;
    readonly by: { readonly userId: UserId; readonly as: ActingRole } | null;
    readonly memberId?: UserId;
    readonly invitedEmail?: string;
  };

/** Takes an act down in the transaction that does it, so that there is no act without a record and no record without an act. */
export const recordTeamAct = async (
  { teamActs, users, clock }: RecordTeamActDeps,
  tx: Tx,
  { organizationId, kind, by, memberId, invitedEmail, role = null, what = null }: TeamActDone,
): Promise<void> => {
  const named = async (userId: UserId): Promise<NamedAccount> => ({
    userId,
    username: (await users.find(userId, tx))?.username ?? '',
  });
  await teamActs.record(tx, {
    organizationId,
    kind,
    by: by === null ? null : { ...(await named(by.userId)), as: by.as },
    member: memberId === undefined ? null : await named(memberId),
    invited: invitedEmail === undefined ? null : maskedEmail(invitedEmail),
    role,
    what,
    at: clock.now(),
  });
};
