import { MAX_INVITATIONS_A_DAY } from '@eventhorizon/core/organizations/invitation';
import type { UserId } from '@eventhorizon/core/shared/ids';
import { codeIn } from '@eventhorizon/core/testing/account-world';
import { openTeam, type TeamStores, teamWorld } from '@eventhorizon/core/testing/team-world';
import type { Db } from 'mongodb';
import { expect, test } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { noTransaction } from '../testing/no-transaction.ts';
import { mongoInvitations } from './invitations.ts';
import { mongoMemberships } from './memberships.ts';
import { mongoNotifications } from './notifications.ts';
import { mongoOrganizations } from './organizations.ts';
import { mongoOutbox } from './outbox.ts';
import { mongoTeamActs } from './team-acts.ts';
import { barrier } from './testing/barrier.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';
import { mongoUsers } from './users.ts';

type Change = (stores: TeamStores, db: Db) => Partial<TeamStores>;
/** What happens once, after the next read of this kind in the middle of another call, whether it succeeds or not. */
type Hook = {
  after: 'address' | 'member' | 'owner' | 'token';
  between: (() => Promise<unknown>) | null;
};
const once = async (hook: Hook, read: Hook['after']): Promise<void> => {
  if (hook.after !== read) return;
  const { between } = hook;
  hook.between = null;
  await between?.().catch(() => undefined);
};

/** The opera over real stores, of which `change` replaces some. */
const open = async (change: Change = () => ({})) => {
  const t = await migratedDatabase();
  const hook: Hook = { after: 'member', between: null };
  const stores: TeamStores = {
    users: mongoUsers(t.db),
    organizations: mongoOrganizations(t.db),
    memberships: mongoMemberships(t.db),
    invitations: mongoInvitations(t.db),
    teamActs: mongoTeamActs(t.db),
    notifications: mongoNotifications(t.db),
    outbox: mongoOutbox(t.db, { next: newId }),
    unitOfWork: mongoUnitOfWork({ client: t.client, ring: () => undefined, deadlineMs: 30_000 }),
  };
  const changed = { ...stores, ...change(stores, t.db) };
  const world = teamWorld({
    ...changed,
    users: {
      ...changed.users,
      findByEmailKey: async (key) => {
        const found = await changed.users.findByEmailKey(key);
        await once(hook, 'address');
        return found;
      },
    },
    memberships: {
      ...changed.memberships,
      findOwn: async (...args) => {
        const found = await changed.memberships.findOwn(...args);
        await once(hook, 'member');
        return found;
      },
      findOwner: async (...args) => {
        const found = await changed.memberships.findOwner(...args);
        await once(hook, 'owner');
        return found;
      },
    },
    invitations: {
      ...changed.invitations,
      findByToken: async (...args) => {
        const found = await changed.invitations.findByToken(...args);
        await once(hook, 'token');
        return found;
      },
    },
  });
  const team = await openTeam(world);
  const owners = () =>
    t.db.collection('memberships').countDocuments({ organizationId: team.organizationId, role: 'owner' });
  return { ...t, world, team, hook, owners };
};

/** The numbers of the history make changes of a team take turns, too. */
const withoutHistory = ({ teamActs }: TeamStores): Partial<TeamStores> => ({
  teamActs: { ...teamActs, record: async () => undefined },
});

/** Protections off: no turns, no transactions, and writes that do not look at what they change. */
const careless: Change = (stores, db) => {
  const { organizations, memberships, invitations } = stores;
  const raw = (name: string) => db.collection<{ _id: string }>(name);
  return {
    ...withoutHistory(stores),
    unitOfWork: noTransaction,
    organizations: { ...organizations, takeTurn: async () => true },
    memberships: {
      ...memberships,
      changeRole: async (_tx, { id }, role) => {
        await raw('memberships').updateOne({ _id: id }, { $set: { role } });
        return true;
      },
      remove: async (_tx, { id }) => {
        await raw('memberships').deleteOne({ _id: id });
        return true;
      },
    },
    invitations: {
      ...invitations,
      markAccepted: async (_tx, id, acceptedBy, endedAt) => {
        const to = { status: 'accepted', acceptedBy, endedAt };
        await raw('invitations').updateOne({ _id: id }, { $set: to });
        return true;
      },
    },
  };
};

const dropTeamIndexes = async (db: Db): Promise<void> => {
  await db.collection('memberships').dropIndex('one_owner_per_organization');
  await db.collection('memberships').dropIndex('one_per_organization_and_user');
};

/** The owner transfers to one member and, while that call is under way, to another. */
const transferTwice = async (change?: Change) => {
  await using opened = await open(change);
  const { team, hook, db, owners } = opened;
  const [mara, sam] = [await team.join('mara', 'manager'), await team.join('sam', 'scanner')];
  if (change !== undefined) await dropTeamIndexes(db);
  let second: Promise<unknown> | undefined;
  hook.after = 'owner';
  hook.between = () => {
    second = team.transfer(team.owner, sam);
    return second;
  };
  await team.transfer(team.owner, mara).catch(() => undefined);
  await second?.catch(() => undefined);
  return owners();
};
test('two transfers at once leave one owner', async () => {
  expect(await transferTwice()).toBe(1);
});
test('twin: with careless writes they leave two', async () => {
  expect(await transferTwice(careless)).toBe(2);
});

/** Somebody is removed, or given another role, and becomes the owner after they were looked at. */
const crossTransfer = async (what: 'remove' | 'demote', change?: Change) => {
  await using opened = await open(change);
  const { team, hook, owners } = opened;
  const mara = await team.join('mara', 'manager');
  hook.between = () => team.transfer(team.owner, mara);
  if (what === 'remove') await team.remove(team.owner, mara).catch(() => undefined);
  else await team.changeRole(team.owner, mara, 'scanner').catch(() => undefined);
  return owners();
};
test.each(['remove', 'demote'] as const)(
  'a transfer to whom another call would %s leaves one owner',
  async (what) => {
    expect(await crossTransfer(what)).toBe(1);
  },
);
test.each(['remove', 'demote'] as const)(
  'twin: with careless writes a transfer and a %s leave none',
  async (what) => {
    expect(await crossTransfer(what, careless)).toBe(0);
  },
);

/** An invitation is withdrawn while it is being accepted: whether the withdrawal succeeded, and what role the account has. */
const acceptAcrossWithdrawal = async (change?: Change) => {
  await using opened = await open(change);
  const { world, team, hook } = opened;
  const { id } = await team.invite(team.owner, 'sam@example.org', 'scanner');
  const token = codeIn((await world.deliver())[0]);
  const sam = await world.person('sam');
  let withdrawn = false;
  hook.after = 'token';
  hook.between = async () => {
    await team.withdraw(team.owner, id);
    withdrawn = true;
  };
  await team.accept(sam, token).catch(() => undefined);
  return { withdrawn, role: await team.roleOf(sam) };
};
test('nobody becomes a member by an invitation whose withdrawal came first', async () => {
  expect(await acceptAcrossWithdrawal()).toEqual({ withdrawn: true, role: null });
});
test('twin: with careless writes somebody does', async () => {
  expect(await acceptAcrossWithdrawal(careless)).toEqual({ withdrawn: true, role: 'scanner' });
});

/** One account accepts five times at once; how many memberships that made, and how many different answers. */
const acceptFiveTimes = async (change?: Change) => {
  const [allHaveTheInvitation, allSawNoMember] = [barrier(5), barrier(5)];
  let sam: UserId | null = null;
  await using opened = await open((stores, db) => {
    const { invitations, memberships, ...rest } = { ...stores, ...change?.(stores, db) };
    const findByToken: typeof invitations.findByToken = async (...args) => {
      const found = await invitations.findByToken(...args);
      await allHaveTheInvitation();
      return found;
    };
    // Behind the turn only one can be at a time, so that they wait for one another here only without it.
    const find: typeof memberships.find = async (organizationId, userId, tx) => {
      const found = await memberships.find(organizationId, userId, tx);
      if (change !== undefined && userId === sam) await allSawNoMember();
      return found;
    };
    return { ...rest, invitations: { ...invitations, findByToken }, memberships: { ...memberships, find } };
  });
  const { world, team, db } = opened;
  await team.invite(team.owner, 'sam@example.org', 'scanner');
  const token = codeIn((await world.deliver())[0]);
  const userId = await world.person('sam');
  sam = userId;
  if (change !== undefined) await dropTeamIndexes(db);
  const answers = await Promise.allSettled(Array.from({ length: 5 }, () => team.accept(userId, token)));
  const ids = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
  return {
    memberships: await db.collection('memberships').countDocuments({ userId }),
    answers: new Set(ids).size,
  };
};
test('accepting five times at once makes one membership, and no two answers', async () => {
  expect(await acceptFiveTimes()).toEqual({ memberships: 1, answers: 1 });
});
test('twin: with careless writes it makes five', async () => {
  expect(await acceptFiveTimes(careless)).toEqual({ memberships: 5, answers: 5 });
});

const turnless: Change = (stores) => ({
  ...withoutHistory(stores),
  organizations: { ...stores.organizations, takeTurn: async () => true },
});

/** Two people invite at once when one more invitation is allowed today: how many are open then. */
const inviteAtTheLimit = async (change?: Change) => {
  await using opened = await open((stores, db) => ({
    ...change?.(stores, db),
    invitations: {
      ...stores.invitations,
      countSince: async (...args) =>
        MAX_INVITATIONS_A_DAY - 1 + (await stores.invitations.countSince(...args)),
    },
  }));
  const { world, team, hook } = opened;
  hook.after = 'address';
  hook.between = () => team.invite(team.owner, 'one@example.org', 'scanner');
  await team.invite(team.owner, 'two@example.org', 'scanner').catch(() => undefined);
  return (await world.invitations.listOpen(team.organizationId, { limit: 20 })).items.length;
};
test('invitations at once are no more than the day allows', async () => {
  expect(await inviteAtTheLimit()).toBe(1);
});
test('twin: without turns they are', async () => {
  expect(await inviteAtTheLimit(turnless)).toBe(2);
});

/** A manager is removed while they invite somebody; what is left open when the removal has succeeded, at last. */
const inviteAcrossRemoval = async (change?: Change) => {
  await using opened = await open(change);
  const { world, team, hook } = opened;
  const mara = await team.join('mara', 'manager');
  let removed = false;
  const remove = async () => {
    await team.remove(team.owner, mara);
    removed = true;
  };
  hook.after = 'address';
  hook.between = remove;
  await team.invite(mara, 'accomplice@example.org', 'manager').catch(() => undefined);
  if (!removed) await remove();
  const page = await world.invitations.listOpen(team.organizationId, { limit: 20 });
  return page.items.map(({ email }) => email);
};
test('who was removed leaves no open invitation behind, also one that was under way', async () => {
  expect(await inviteAcrossRemoval()).toEqual([]);
});
test('twin: without turns one is left', async () => {
  expect(await inviteAcrossRemoval(turnless)).toEqual(['accomplice@example.org']);
});

test('a removed member is refused at the next call: nothing of a membership is kept in memory', async () => {
  await using opened = await open();
  const { team } = opened;
  const mara = await team.join('mara', 'manager');
  for (let n = 0; n < 3; n += 1) expect(await team.access(mara)).toMatchObject({ role: 'manager' });
  await team.changeRole(team.owner, mara, 'analyst');
  expect(await team.access(mara)).toMatchObject({ role: 'analyst' });
  await team.remove(team.owner, mara);
  await expect(team.access(mara)).rejects.toMatchObject({ code: 'thing.not_found' });
});
