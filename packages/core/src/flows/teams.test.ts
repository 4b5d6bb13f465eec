import { describe, expect, test } from 'vitest';
import { LETTER_WINDOW_MS } from '../identity/mail-token.ts';
import type { User } from '../identity/user.ts';
import { listMembers } from '../organizations/list-members.ts';
import { recordAdminCall } from '../organizations/record-admin-call.ts';
import type { DomainError } from '../shared/errors.ts';
import { codeIn } from '../testing/account-world.ts';
import { openTeam, teamWorld } from '../testing/team-world.ts';
import { changeRole } from './change-role.ts';
import { transferOwnership } from './transfer-ownership.ts';

const refusal = (code: string) => ({ code });

const staffed = async () => {
  const world = teamWorld();
  const team = await openTeam(world);
  const manager = await team.join('mara', 'manager');
  const scanner = await team.join('sam', 'scanner');
  const analyst = await team.join('anna', 'analyst');
  await world.deliver();
  return { world, team, manager, scanner, analyst };
};

describe('the members of a team', () => {
  test('are listed with who they are, oldest first', async () => {
    const { world, team, manager } = await staffed();
    const page = await listMembers(world, { organizationId: team.organizationId, limit: 2 });
    expect(page.items).toMatchObject([
      { id: team.ownersId, role: 'owner', account: { username: 'olga', email: 'olga@example.org' } },
      { userId: manager, role: 'manager', account: { username: 'mara', name: null } },
    ]);
    const rest = await listMembers(world, {
      organizationId: team.organizationId,
      limit: 2,
      cursor: page.nextCursor ?? '',
    });
    expect(rest).toMatchObject({ items: [{ role: 'scanner' }, { role: 'analyst' }], nextCursor: null });
  });

  test('get other roles and are told, from who stands above them only', async () => {
    const { world, team, manager, scanner, analyst } = await staffed();
    expect(await team.changeRole(manager, scanner, 'analyst')).toMatchObject({ role: 'analyst' });
    expect(await team.changeRole(team.owner, analyst, 'manager')).toMatchObject({ role: 'manager' });
    const mails = await world.deliver();
    expect(mails.map(({ to, subject }) => [to.email, subject])).toEqual([
      ['sam@example.org', 'Your role in the team of Opera has changed'],
      ['anna@example.org', 'Your role in the team of Opera has changed'],
    ]);
    for (const [by, of] of [
      [manager, analyst],
      [manager, manager],
    ] as const)
      await expect(team.changeRole(by, of, 'scanner')).rejects.toMatchObject(
        refusal('membership.out_of_rank'),
      );
    await expect(team.changeRole(scanner, analyst, 'scanner')).rejects.toMatchObject(
      refusal('capability.missing'),
    );
    await team.changeRole(team.owner, manager, 'manager');
    expect(await world.deliver(), 'the same role is no news').toEqual([]);
  });

  test('are removed and told, from who stands above them only', async () => {
    const { world, team, manager, scanner, analyst } = await staffed();
    await team.remove(manager, scanner);
    expect((await world.deliver()).map(({ to }) => to.email)).toEqual(['sam@example.org']);
    await expect(team.access(scanner)).rejects.toMatchObject(refusal('thing.not_found'));
    await expect(team.remove(manager, manager)).rejects.toMatchObject(refusal('membership.out_of_rank'));
    await expect(team.remove(analyst, manager)).rejects.toMatchObject(refusal('capability.missing'));
  });

  test('leave by themselves, whatever their role, but for the owner', async () => {
    const { team, manager, scanner } = await staffed();
    for (const userId of [manager, scanner]) {
      await team.leave(userId);
      expect(await team.roleOf(userId)).toBeNull();
    }
    await expect(team.leave(team.owner)).rejects.toMatchObject(refusal('membership.is_owner'));
  });

  test('who lose the right to invite lose the invitations they made', async () => {
    const { world, team, manager, analyst } = await staffed();
    await team.changeRole(team.owner, analyst, 'manager');
    const mine = await team.invite(manager, 'one@example.org', 'scanner');
    const theirs = await team.invite(analyst, 'two@example.org', 'scanner');
    const kept = await team.invite(team.owner, 'three@example.org', 'scanner');
    await team.remove(team.owner, manager);
    await team.changeRole(team.owner, analyst, 'scanner');
    const now = await Promise.all([mine, theirs, kept].map(({ id }) => world.invitations.find(id)));
    expect(now.map((one) => one?.status)).toEqual(['withdrawn', 'withdrawn', 'open']);
  });
});

/** Olga gives the opera to Mara, whose account is `lost` once the transfer has taken its turn; `seen`: what it then reads of accounts. */
const transferToLost = async (
  lost: Pick<User, 'suspension'> | Pick<User, 'emailVerifiedAt'>,
  seen: 'now' | 'before' = 'now',
) => {
  const { world, team, manager } = await staffed();
  let isLost = false;
  const organizations = {
    ...world.organizations,
    takeTurn: async (...args: Parameters<typeof world.organizations.takeTurn>) => {
      isLost = true;
      return world.organizations.takeTurn(...args);
    },
  };
  const users = {
    ...world.users,
    find: async (id: User['id']) => {
      const user = await world.users.find(id);
      return user !== null && id === manager && isLost && seen === 'now' ? { ...user, ...lost } : user;
    },
  };
  const [access, ref] = [await team.access(team.owner), await team.ref(manager)];
  const outcome = await transferOwnership({ ...world, users, organizations }, access, ref).then(
    ({ role }) => role,
    (error: DomainError) => `${error.code} ${JSON.stringify(error.details)}`,
  );
  return { outcome, roles: [await team.roleOf(team.owner), await team.roleOf(manager)] };
};
const bySomebody = `usr_${'9'.repeat(26)}` as User['id'];
const LOST = [
  ['suspended', { suspension: { at: new Date(), by: bySomebody, reason: 'fraud' } }],
  ['unverified', { emailVerifiedAt: null }],
] as const;

describe('the ownership', () => {
  test.each(LOST)('does not go to an account that is %s in that very moment', async (because, lost) => {
    expect(await transferToLost(lost)).toEqual({
      outcome: `membership.cannot_own {"because":"${because}"}`,
      roles: ['owner', 'manager'],
    });
  });
  test.each(LOST)(
    'twin: it does when the account is seen as it was before it was %s',
    async (_because, lost) => {
      expect(await transferToLost(lost, 'before')).toEqual({ outcome: 'owner', roles: ['manager', 'owner'] });
    },
  );
});

describe('the history of a team', () => {
  test('tells who did what to whom and in what right, and nothing that was refused or changed nothing', async () => {
    const world = teamWorld();
    const team = await openTeam(world);
    const mara = await team.join('mara', 'manager');
    const sam = await team.join('sam', 'scanner');
    await team.changeRole(mara, sam, 'seller');
    await team.changeRole(mara, sam, 'seller');
    await expect(team.changeRole(mara, mara, 'scanner')).rejects.toMatchObject(
      refusal('membership.out_of_rank'),
    );
    const { id } = await team.invite(mara, 'anna@example.org', 'analyst');
    world.clock.advance(LETTER_WINDOW_MS);
    await team.resend(mara, id);
    await team.withdraw(mara, id);
    await team.withdraw(mara, id);
    await world.deliver();
    await team.invite(mara, 'ina@example.org', 'analyst');
    await team.decline(codeIn((await world.deliver()).at(-1)));
    await team.transfer(team.owner, mara);
    await team.remove(mara, sam);
    await team.leave(team.owner);
    const told = (await team.history()).map(({ number, kind, by, member, invited: address, role }) =>
      [number, by?.username ?? '-', by?.as ?? '-', kind, member?.username ?? address, role].join(' '),
    );
    expect(told).toEqual([
      '1 olga owner member_invited m…@example.org manager',
      '2 mara manager invitation_accepted mara manager',
      '3 olga owner member_invited s…@example.org scanner',
      '4 sam scanner invitation_accepted sam scanner',
      '5 mara manager role_changed sam seller',
      '6 mara manager member_invited a…@example.org analyst',
      '7 mara manager invitation_sent_again a…@example.org analyst',
      '8 mara manager invitation_withdrawn a…@example.org analyst',
      '9 mara manager member_invited i…@example.org analyst',
      '10 - - invitation_declined i…@example.org analyst',
      '11 olga owner ownership_transferred mara owner',
      '12 mara owner member_removed sam seller',
      '13 olga manager member_left olga manager',
    ]);
  });

  test('tells what an admin of the platform did in it, and in what right', async () => {
    const { world, team, scanner } = await staffed();
    const root = await world.person('root');
    const { organizationId } = team;
    const access = { organizationId, userId: root, role: 'platform_admin' as const };
    await changeRole(world, access, { ...(await team.ref(scanner)), role: 'analyst' });
    await recordAdminCall(world, access, 'organizations.update');
    expect((await team.history()).slice(-2)).toMatchObject([
      { kind: 'role_changed', by: { username: 'root', as: 'platform_admin' }, member: { username: 'sam' } },
      { kind: 'admin_called', by: { username: 'root', as: 'platform_admin' }, what: 'organizations.update' },
    ]);
  });
});

/** How many strangers' letters Olga gets out by opening one organization after the other; `to`: whom the n-th is for. */
describe('the owner', () => {
  test('gets no other role and is not removed, by nobody', async () => {
    const { team, manager } = await staffed();
    for (const by of [team.owner, manager]) {
      await expect(team.changeRole(by, team.owner, 'manager')).rejects.toMatchObject(
        refusal('membership.is_owner'),
      );
      await expect(team.remove(by, team.owner)).rejects.toMatchObject(refusal('membership.is_owner'));
    }
  });

  test('hands the organization to a member, stays as a manager, and both are told', async () => {
    const { world, team, scanner, manager } = await staffed();
    await expect(team.transfer(manager, manager)).rejects.toMatchObject(refusal('capability.missing'));
    expect(await team.transfer(team.owner, scanner)).toMatchObject({ role: 'owner', userId: scanner });
    expect([await team.roleOf(team.owner), await team.roleOf(scanner)]).toEqual(['manager', 'owner']);
    const mails = await world.deliver();
    expect(mails.map(({ to, subject }) => [to.email, subject])).toEqual([
      ['sam@example.org', 'You are the owner of Opera now'],
      ['olga@example.org', 'sam is the owner of Opera now'],
    ]);
    await expect(team.transfer(team.owner, team.owner)).rejects.toMatchObject(refusal('capability.missing'));
    await team.transfer(scanner, scanner);
    expect(await world.deliver(), 'to oneself is no news').toEqual([]);
    await team.transfer(scanner, team.owner);
    expect(await world.deliver(), 'back again is news').toHaveLength(2);
  });

  test('whose right went away while the call was on its way decides nothing any more', async () => {
    const { world, team, manager, scanner } = await staffed();
    const before = await team.access(team.owner);
    await team.transfer(team.owner, scanner);
    await expect(transferOwnership(world, before, await team.ref(manager))).rejects.toMatchObject(
      refusal('capability.missing'),
    );
    expect(await team.roleOf(scanner)).toBe('owner');
  });
});
