import { mailTokenStoreContract } from '@eventhorizon/core/identity/mail-token-store.contract';
import { refreshSession } from '@eventhorizon/core/identity/refresh-session';
import { sessionStoreContract } from '@eventhorizon/core/identity/session-store.contract';
import { exampleUser, userStoreContract } from '@eventhorizon/core/identity/user-store.contract';
import { identityWorld, registerAda } from '@eventhorizon/core/testing/identity-world';
import { expect, test } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { mongoMailTokens } from './mail-tokens.ts';
import { mongoSessions } from './sessions.ts';
import { watchQueries } from './testing/explain.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';
import { mongoUsers } from './users.ts';

const open = async () => {
  const t = await migratedDatabase();
  return { ...t, users: mongoUsers(t.db), sessions: mongoSessions(t.db), mailTokens: mongoMailTokens(t.db) };
};

userStoreContract(open);
sessionStoreContract(open);
mailTokenStoreContract(open);

test('twin: without the unique index parallel registrations of one name all succeed', async () => {
  await using t = await open();
  await t.db.collection('users').dropIndex('one_per_username');
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => t.users.insert(exampleUser(n, { usernameKey: 'ada' }))),
  );
  expect(await t.db.collection('users').countDocuments({ usernameKey: 'ada' })).toBe(20);
});

test('logging in looks an account up by an index, whichever way', async () => {
  await using t = await open();
  await t.users.insert(exampleUser(1));
  using queries = watchQueries(t.client, t.db);
  await t.users.findByUsernameKey('user1');
  await t.users.findByEmailKey('user1@example.org');
  await queries.expectIndexed();
});

test('parallel refreshes with one token are one rotation, with one successor for all', async () => {
  await using t = await open();
  const world = { ...identityWorld(), users: t.users, sessions: t.sessions };
  const { refreshToken } = await registerAda(world);
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => refreshSession(world, { refreshToken })),
  );
  expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
  expect(await t.db.collection('sessions').findOne()).toMatchObject({ generation: 1 });
});

test('twin: with a rotation that does not compare, the same refreshes rotate more than once', async () => {
  await using t = await open();
  const sessions = {
    ...t.sessions,
    saveRotation: async ({ id }: { id: string }) => {
      const raised = await t.db
        .collection<{ _id: string }>('sessions')
        .updateOne({ _id: id }, { $inc: { generation: 1 } });
      return raised.matchedCount === 1;
    },
  };
  let readers = 0;
  let go: () => void = () => undefined;
  const allRead = new Promise<void>((resolve) => {
    go = resolve;
  });
  const find: typeof t.sessions.find = async (id) => {
    const session = await t.sessions.find(id);
    readers += 1;
    if (readers === 10) go();
    await allRead;
    return session;
  };
  const world = { ...identityWorld(), users: t.users, sessions: { ...sessions, find } };
  const { refreshToken } = await registerAda(world);
  await Promise.all(Array.from({ length: 10 }, () => refreshSession(world, { refreshToken })));
  expect(await t.db.collection('sessions').findOne()).toMatchObject({ generation: 10 });
});

test('nothing that is stored of a session is a token or opens one', async () => {
  await using t = await open();
  const world = { ...identityWorld(), users: t.users, sessions: t.sessions };
  const { refreshToken, accessToken } = await registerAda(world);
  const stored = JSON.stringify(await t.db.collection('sessions').find().toArray());
  expect(stored).not.toContain(refreshToken);
  expect(stored).not.toContain(accessToken);
});

test('twin: with a store that looks first and deletes then, one mailed token is used many times', async () => {
  await using t = await open();
  const expiresAt = new Date(Date.UTC(2090, 0, 1));
  const token = { hash: 'hash1', purpose: 'verify_email', userId: exampleUser(1).id, emailKey: 'a' } as const;
  await t.mailTokens.insert({ ...token, expiresAt });
  const raw = t.db.collection<{ _id: string }>('mailTokens');
  let readers = 0;
  let go: () => void = () => undefined;
  const allRead = new Promise<void>((resolve) => {
    go = resolve;
  });
  const taken = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const found = await raw.findOne({ _id: 'hash1' });
      readers += 1;
      if (readers === 5) go();
      await allRead;
      await raw.deleteOne({ _id: 'hash1' });
      return found;
    }),
  );
  expect(taken.filter((found) => found !== null)).toHaveLength(5);
});

test('mailed tokens are taken and dropped by an index', async () => {
  await using t = await open();
  using queries = watchQueries(t.client, t.db);
  await t.mailTokens.take('hash1', 'verify_email', new Date());
  await t.mailTokens.dropAll(exampleUser(1).id, 'verify_email');
  await queries.expectIndexed();
});

/** Two accounts present at once the codes with which they move to one address: how many have it then. */
const moveAtOnce = async (withoutIndex = false): Promise<number> => {
  await using t = await open();
  if (withoutIndex) await t.db.collection('users').dropIndex('one_per_email');
  const unitOfWork = mongoUnitOfWork({ client: t.client, ring: () => undefined, deadlineMs: 30_000 });
  const wanted = { email: 'New@example.org', emailKey: 'new@example.org' };
  const movers = [exampleUser(1), exampleUser(2)];
  for (const user of movers) {
    await t.users.insert(user);
    await unitOfWork.run((tx) => t.users.markEmailWanted(tx, user.id, user.passwordHash, wanted));
  }
  const at = new Date();
  const moved = await Promise.allSettled(
    movers.map(({ id }) => unitOfWork.run((tx) => t.users.changeEmail(tx, id, wanted.emailKey, at))),
  );
  for (const one of moved)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'account.email_taken' });
  return t.db.collection('users').countDocuments({ emailKey: wanted.emailKey });
};
test('of two accounts that move to one address at once a single one gets it, and the other is refused by name', async () => {
  expect(await moveAtOnce()).toBe(1);
});
test('twin: without the unique index both have it', async () => {
  expect(await moveAtOnce(true)).toBe(2);
});
