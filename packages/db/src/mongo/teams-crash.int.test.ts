import { changeRole } from '@eventhorizon/core/flows/change-role';
import { inviteMember } from '@eventhorizon/core/flows/invite-member';
import { removeMember } from '@eventhorizon/core/flows/remove-member';
import { transferOwnership } from '@eventhorizon/core/flows/transfer-ownership';
import { acceptInvitation } from '@eventhorizon/core/organizations/accept-invitation';
import { codeIn } from '@eventhorizon/core/testing/account-world';
import { crashAt } from '@eventhorizon/core/testing/crash-at';
import { openTeam, type TeamWorld, teamWorld } from '@eventhorizon/core/testing/team-world';
import { expect, test } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { mongoInvitations } from './invitations.ts';
import { mongoMemberships } from './memberships.ts';
import { mongoNotifications } from './notifications.ts';
import { mongoOrganizations } from './organizations.ts';
import { mongoOutbox } from './outbox.ts';
import { mongoTeamActs } from './team-acts.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';
import { mongoUsers } from './users.ts';

const open = async () => {
  const t = await migratedDatabase();
  const world = teamWorld({
    users: mongoUsers(t.db),
    organizations: mongoOrganizations(t.db),
    memberships: mongoMemberships(t.db),
    invitations: mongoInvitations(t.db),
    teamActs: mongoTeamActs(t.db),
    notifications: mongoNotifications(t.db),
    outbox: mongoOutbox(t.db, { next: newId }),
    unitOfWork: mongoUnitOfWork({ client: t.client, ring: () => undefined, deadlineMs: 30_000 }),
  });
  return { ...t, world };
};

/** What a command needs, found out while the process still lives. */
type Command = (deps: TeamWorld) => Promise<unknown>;
type Team = Awaited<ReturnType<typeof openTeam>>;
type Prepared = {
  readonly command: Command;
  /** `done` or `undone`; anything between the two is a sentence that fails the test. */
  readonly state: () => Promise<string>;
};

type Prepare = (world: TeamWorld, team: Team, n: string) => Promise<Prepared>;

const prepareInvite: Prepare = async (world, team, n) => {
  const { owner, organizationId } = team;
  const access = await team.access(owner);
  const email = `guest${n}@example.org`;
  return {
    command: (deps) => inviteMember(deps, access, { organizationId, email, role: 'scanner' }),
    state: async () =>
      (await world.invitations.findOpen(organizationId, email)) === null ? 'undone' : 'done',
  };
};

const prepare: Record<string, Prepare> = {
  invite: prepareInvite,
  accept: async (world, team, n) => {
    const { id } = await team.invite(team.owner, `guest${n}@example.org`, 'scanner');
    const token = codeIn((await world.deliver()).at(-1));
    const userId = await world.person(`guest${n}`);
    return {
      command: (deps) => acceptInvitation(deps, { userId, token }),
      state: async () => {
        const status = (await world.invitations.find(id))?.status;
        const role = await team.roleOf(userId);
        if (status === 'open' && role === null) return 'undone';
        return status === 'accepted' && role === 'scanner' ? 'done' : `${status} and ${role}`;
      },
    };
  },
  transfer: async (_world, team, n) => {
    const heir = await team.join(`heir${n}`, 'manager');
    const [access, ref] = [await team.access(team.owner), await team.ref(heir)];
    return {
      command: (deps) => transferOwnership(deps, access, ref),
      state: async () => {
        const roles = `${await team.roleOf(team.owner)} ${await team.roleOf(heir)}`;
        return { 'owner manager': 'undone', 'manager owner': 'done' }[roles] ?? roles;
      },
    };
  },
  demote: async (world, team, n) => {
    const member = await team.join(`member${n}`, 'manager');
    const made = await team.invite(member, `guest${n}@example.org`, 'scanner');
    const [access, ref] = [await team.access(team.owner), await team.ref(member)];
    return {
      command: (deps) => changeRole(deps, access, { ...ref, role: 'scanner' }),
      state: async () => {
        const found = `${await team.roleOf(member)} ${(await world.invitations.find(made.id))?.status}`;
        return { 'manager open': 'undone', 'scanner withdrawn': 'done' }[found] ?? found;
      },
    };
  },
  remove: async (world, team, n) => {
    const member = await team.join(`member${n}`, 'manager');
    const made = await team.invite(member, `guest${n}@example.org`, 'scanner');
    const [access, ref] = [await team.access(team.owner), await team.ref(member)];
    return {
      command: (deps) => removeMember(deps, access, ref),
      state: async () => {
        const found = `${await team.roleOf(member)} ${(await world.invitations.find(made.id))?.status}`;
        return { 'manager open': 'undone', 'null withdrawn': 'done' }[found] ?? found;
      },
    };
  },
};

const actsOf = async (world: TeamWorld, { organizationId }: Team): Promise<number> =>
  (await world.teamActs.list(organizationId, { limit: 100 })).items.length;

test.each(Object.entries(prepare))(
  'a process that dies anywhere in %s leaves all of it or nothing, with every letter that belongs to it, and one record in the history',
  async (_name, prepared) => {
    await using opened = await open();
    const { db, world } = opened;
    const letters = () => db.collection('notifications').countDocuments();
    for (let at = 1, crashed = true; crashed; at += 1) {
      for (const when of ['before', 'after'] as const) {
        const team = await openTeam(world, `olga-${at}-${when}`);
        const { command, state } = await prepared(world, team, `-${at}-${when}`);
        const lettersBefore = await letters();
        const actsBefore = await actsOf(world, team);
        const mortal = crashAt(world, { at, when });
        await command(mortal.deps).catch(() => undefined);
        crashed = mortal.crashed();
        const left = await state();
        expect(['done', 'undone'], `died ${when} call ${at}`).toContain(left);
        if (left === 'undone') expect(await letters()).toBe(lettersBefore);
        expect(await actsOf(world, team)).toBe(actsBefore + (left === 'done' ? 1 : 0));
        await command(world).catch(() => undefined);
        expect(await state(), 'said again').toBe('done');
        expect(await actsOf(world, team)).toBe(actsBefore + 1);
        expect(await db.collection('outbox').countDocuments({ job: 'notification.send' })).toBe(
          await letters(),
        );
      }
    }
  },
  60_000,
);

test('twin: recorded beside the transaction, an act is in the history that was not done', async () => {
  await using opened = await open();
  const { world } = opened;
  const { unitOfWork, teamActs } = world;
  const record: typeof teamActs.record = (_tx, act) => unitOfWork.run((tx) => teamActs.record(tx, act));
  let wrong = 0;
  for (let at = 1, crashed = true; crashed; at += 1) {
    const team = await openTeam(world, `olga-${at}`);
    const { command, state } = await prepareInvite(world, team, `-${at}`);
    const mortal = crashAt({ ...world, teamActs: { ...teamActs, record } }, { at, when: 'after' });
    await command(mortal.deps).catch(() => undefined);
    crashed = mortal.crashed();
    if ((await actsOf(world, team)) === 1 && (await state()) === 'undone') wrong += 1;
  }
  expect(wrong).toBeGreaterThan(0);
}, 60_000);
