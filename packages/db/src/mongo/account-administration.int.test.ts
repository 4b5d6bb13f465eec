import { reinstateAccount } from '@eventhorizon/core/flows/reinstate-account';
import { suspendAccount } from '@eventhorizon/core/flows/suspend-account';
import { verifyEmail } from '@eventhorizon/core/flows/verify-email';
import { appointFirstAdmin } from '@eventhorizon/core/identity/admins/appoint-first-admin';
import { grantAdmin } from '@eventhorizon/core/identity/admins/grant-admin';
import type { AdminActStore } from '@eventhorizon/core/identity/admins/ports';
import { revokeAdmin } from '@eventhorizon/core/identity/admins/revoke-admin';
import { forgetEndedSessions } from '@eventhorizon/core/identity/forget-ended-sessions';
import { refreshSession } from '@eventhorizon/core/identity/refresh-session';
import { startSession } from '@eventhorizon/core/identity/session';
import type { User } from '@eventhorizon/core/identity/user';
import { exampleUser } from '@eventhorizon/core/identity/user-store.contract';
import { identityWorld, registerAda } from '@eventhorizon/core/testing/identity-world';
import { systemClock } from '@eventhorizon/providers/system/system-clock';
import { ulidIds } from '@eventhorizon/providers/system/ulid-ids';
import { describe, expect, it } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { mongoAccountAdministration } from './account-administration.ts';
import { mongoAdminActs } from './admin-acts.ts';
import { mongoNotifications } from './notifications.ts';
import { mongoOutbox } from './outbox.ts';
import { mongoSessions } from './sessions.ts';
import { barrier } from './testing/barrier.ts';
import { watchQueries } from './testing/explain.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';
import { mongoUsers } from './users.ts';

const open = async () => {
  const t = await migratedDatabase();
  const ids = ulidIds(systemClock);
  const users = mongoUsers(t.db);
  return {
    ...t,
    ...identityWorld(),
    clock: systemClock,
    ids,
    users,
    sessions: mongoSessions(t.db),
    administration: mongoAccountAdministration(t.db),
    adminActs: mongoAdminActs(t.db),
    notifications: mongoNotifications(t.db),
    outbox: mongoOutbox(t.db, ids),
    unitOfWork: mongoUnitOfWork({ client: t.client, ring: () => undefined, deadlineMs: 30_000 }),
    /** An account with a verified address. */
    add: async (n: number, changes: Partial<User> = {}): Promise<User> => {
      const user = exampleUser(n, { emailVerifiedAt: new Date(0), ...changes });
      await users.insert(user);
      return user;
    },
  };
};
type Opened = Awaited<ReturnType<typeof open>>;
const because = { reason: 'because' };

describe('admins', () => {
  it('appoint admins among verified accounts, and each act is recorded with who, whom, when and why', async () => {
    await using t = await open();
    const [root, bob] = [await t.add(1, { isAdmin: true }), await t.add(2)];
    const view = await grantAdmin(t, { by: root.id, account: 'USER2', reason: 'night shift' });
    expect(view).toMatchObject({ userId: bob.id, isAdmin: true });
    expect(JSON.stringify(view)).not.toContain('hash');
    await grantAdmin(t, { by: root.id, account: 'user2@example.org', reason: 'again' });
    await revokeAdmin(t, { by: bob.id, account: root.id, ...because });
    const { items } = await t.adminActs.list({ limit: 10 });
    const [one, two] = [
      { userId: root.id, username: 'User1' },
      { userId: bob.id, username: 'User2' },
    ];
    expect(items).toEqual([
      { number: 2, kind: 'admin_revoked', by: two, account: one, ...because, at: expect.any(Date) },
      {
        number: 1,
        kind: 'admin_granted',
        by: one,
        account: two,
        reason: 'night shift',
        at: expect.any(Date),
      },
    ]);
  });

  it('are not made of unverified or suspended accounts, and nobody who is no admin makes any', async () => {
    await using t = await open();
    const [root] = [
      await t.add(1, { isAdmin: true }),
      await t.add(2, { emailVerifiedAt: null }),
      await t.add(3),
    ];
    const grant = (by: User['id'], account: string) => grantAdmin(t, { by, account, reason: null });
    await expect(grant(root.id, 'user2')).rejects.toMatchObject({ code: 'admin.address_unverified' });
    await suspendAccount(t, { by: root.id, account: 'user3', ...because });
    await expect(grant(root.id, 'user3')).rejects.toMatchObject({ code: 'admin.account_suspended' });
    await expect(grant(exampleUser(3).id, 'user3')).rejects.toMatchObject({ code: 'admin.required' });
    await expect(grant(root.id, 'nobody')).rejects.toMatchObject({ code: 'thing.not_found' });
    expect(await t.db.collection('users').countDocuments({ isAdmin: true })).toBe(1);
  });

  it('are never suspended', async () => {
    await using t = await open();
    const root = await t.add(1, { isAdmin: true });
    await expect(suspendAccount(t, { by: root.id, account: root.id, ...because })).rejects.toMatchObject({
      code: 'admin.is_admin',
    });
  });

  /** Admins who all give up their right at once, with this trail; what each is told. */
  const revokeAtOnce = async (
    t: Awaited<ReturnType<typeof open>>,
    adminActs: AdminActStore,
    count: number,
  ): Promise<string[]> => {
    const admins = [];
    for (let n = 0; n < count; n += 1) admins.push(await t.add(n, { isAdmin: true }));
    const outcomes = await Promise.allSettled(
      admins.map(({ id }) => revokeAdmin({ ...t, adminActs }, { by: id, account: id, ...because })),
    );
    return outcomes.map((each) =>
      each.status === 'fulfilled' ? 'revoked' : (each.reason as { code: string }).code,
    );
  };

  it('cannot all go, even when the last ones go at the same moment', async () => {
    await using t = await open();
    const outcomes = await revokeAtOnce(t, t.adminActs, 3);
    expect(outcomes.sort()).toEqual(['admin.last', 'revoked', 'revoked']);
    expect(await t.db.collection('users').countDocuments({ isAdmin: true })).toBe(1);
  });

  it('twin: with a trail whose numbers are not in turn, the last two both go and nobody is left', async () => {
    await using t = await open();
    const adminActs: AdminActStore = { ...t.adminActs, record: barrier(2) };
    expect(await revokeAtOnce(t, adminActs, 2)).toEqual(['revoked', 'revoked']);
    expect(await t.db.collection('users').countDocuments({ isAdmin: true })).toBe(0);
  });

  it('begin with one that the installation names, in however many processes, and only while there is none', async () => {
    await using t = await open();
    const appoint = () => appointFirstAdmin(t, 'user1@example.org');
    await expect(appoint()).rejects.toMatchObject({ code: 'thing.not_found' });
    const user = await t.add(1, { emailVerifiedAt: null });
    await expect(appoint()).rejects.toMatchObject({ code: 'admin.address_unverified' });
    await t.users.markEmailVerified(user.id, user.emailKey, new Date());
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, appoint));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { items } = await t.adminActs.list({ limit: 10 });
    expect(items).toMatchObject([{ number: 1, kind: 'admin_granted', by: null }]);
    await t.add(2);
    await expect(appointFirstAdmin(t, 'user2@example.org')).rejects.toMatchObject({ code: 'admin.exists' });
  });
});

describe('a suspension', () => {
  it('ends all sessions and is recorded, all or nothing', async () => {
    await using t = await open();
    const root = await t.add(1, { isAdmin: true });
    const ada = await registerAda(t);
    const adminActs = { ...t.adminActs, record: () => Promise.reject(new Error('no more room')) };
    const suspend = { by: root.id, account: 'ada', reason: 'chargebacks' };
    await expect(suspendAccount({ ...t, adminActs }, suspend)).rejects.toThrow('no more room');
    expect(t.accessTokens.forgotten).toEqual([]);
    const { refreshToken } = await refreshSession(t, ada);

    const view = await suspendAccount(t, suspend);
    expect(view.suspension).toMatchObject({ by: root.id, reason: 'chargebacks', at: expect.any(Date) });
    expect(await t.sessions.listOpen(ada.account.id, new Date())).toEqual([]);
    expect(t.accessTokens.forgotten).toHaveLength(1);
    await expect(refreshSession(t, { refreshToken })).rejects.toMatchObject({ code: 'account.suspended' });
    await expect(suspendAccount(t, suspend)).rejects.toMatchObject({ code: 'admin.account_suspended' });

    expect(await reinstateAccount(t, { ...suspend, reason: 'settled' })).toMatchObject({ suspension: null });
    await expect(refreshSession(t, { refreshToken })).rejects.toMatchObject({ code: 'auth.session_ended' });
    await reinstateAccount(t, suspend);
    const { items } = await t.adminActs.list({ limit: 10 });
    expect(items.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['account_reinstated', 'settled'],
      ['account_suspended', 'chargebacks'],
    ]);
    const letters = await t.db.collection('notifications').find().sort({ _id: 1 }).toArray();
    expect(letters.map(({ notice }) => notice.kind)).toEqual(['account_suspended', 'account_reinstated']);
    expect(JSON.stringify(letters)).not.toContain('chargebacks');
  });

  /** A thief has asked for another address when the account is suspended, and presents its code. The account's address then. */
  const movedAfter = async (careless: (users: Opened['users']) => Opened['users'] = (users) => users) => {
    await using t = await open();
    const root = await t.add(1, { isAdmin: true });
    const emailKey = 'thief@example.org';
    const bob = await t.add(2, { pendingEmail: { email: emailKey, emailKey } });
    const hash = t.mailTokenSource.hashOf('code');
    const expiresAt = new Date(Date.now() + 3_600_000);
    await t.mailTokens.insert({ hash, purpose: 'change_email', userId: bob.id, emailKey, expiresAt });
    const { mailTokens } = t;
    await suspendAccount({ ...t, users: careless(t.users) }, { by: root.id, account: bob.id, ...because });
    const kept = (await mailTokens.find(hash, 'change_email', new Date())) !== null;
    await mailTokens.insert({ hash, purpose: 'change_email', userId: bob.id, emailKey, expiresAt });
    await reinstateAccount(t, { by: root.id, account: bob.id, ...because });
    await verifyEmail(t, { token: 'code', userId: bob.id }).catch(() => undefined);
    return { kept, emailKey: (await t.users.find(bob.id))?.emailKey };
  };

  it('takes back an address that was asked for, and its code: who is let in again has the account that it was', async () => {
    expect(await movedAfter()).toEqual({ kept: false, emailKey: 'user2@example.org' });
  });

  it('twin: were the wish kept, the code that was mailed before would move the account after', async () => {
    const keeping = (users: Opened['users']) => ({ ...users, dropEmailWanted: async () => undefined });
    expect(await movedAfter(keeping)).toMatchObject({ emailKey: 'thief@example.org' });
  });

  /** A session that a log-in stores after the suspending transaction has looked which there are. */
  const slipIn = async (t: Opened, userId: User['id']) => {
    const session = startSession(t.ids.next('ses'), userId, 'salt', new Date());
    await t.sessions.insert(session);
    return session.id;
  };

  it('also ends a session that slips past it, in every process that follows', async () => {
    await using t = await open();
    const root = await t.add(1, { isAdmin: true });
    const bob = await t.add(2);
    await suspendAccount(t, { by: root.id, account: bob.id, ...because });
    const sessionId = await slipIn(t, bob.id);
    await forgetEndedSessions(t, 60_000);
    expect(await t.sessions.find(sessionId)).toMatchObject({ endReason: 'suspended' });
    expect(t.accessTokens.forgotten).toContain(sessionId);
  });

  it('twin: by the ends of sessions alone, the one that slipped past goes on', async () => {
    await using t = await open();
    const root = await t.add(1, { isAdmin: true });
    const bob = await t.add(2);
    await suspendAccount(t, { by: root.id, account: bob.id, ...because });
    const sessionId = await slipIn(t, bob.id);
    const administration = { ...t.administration, listSuspendedSince: async () => [] };
    await forgetEndedSessions({ ...t, administration }, 60_000);
    expect(await t.sessions.find(sessionId)).toMatchObject({ endedAt: null });
    expect(t.accessTokens.forgotten).not.toContain(sessionId);
  });
});

it('admins, suspended accounts and acts are listed page by page, each once, by an index', async () => {
  await using t = await open();
  const root = await t.add(0, { isAdmin: true });
  for (let n = 1; n <= 5; n += 1) {
    await t.add(n);
    await suspendAccount(t, { by: root.id, account: `user${n}`, reason: `reason ${n}` });
    await t.add(n + 10, { isAdmin: true });
  }
  using queries = watchQueries(t.client, t.db);
  const all = async <T>(
    list: (page: {
      cursor?: string;
      limit: number;
    }) => Promise<{ items: readonly T[]; nextCursor: string | null }>,
  ) => {
    const items: T[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 2, ...(cursor !== undefined && { cursor }) });
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return items;
  };
  expect((await all(t.administration.listAdmins)).map(({ username }) => username)).toEqual([
    'User0',
    'User11',
    'User12',
    'User13',
    'User14',
    'User15',
  ]);
  expect((await all(t.administration.listSuspended)).map(({ username }) => username)).toEqual([
    'User5',
    'User4',
    'User3',
    'User2',
    'User1',
  ]);
  expect((await all(t.adminActs.list)).map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
  expect(await t.administration.listSuspendedSince(new Date(0))).toHaveLength(5);
  expect(await t.administration.listSuspendedSince(new Date(Date.now() + 60_000))).toEqual([]);
  await t.sessions.hasBegunFrom(root.id, '192.0.2.1');
  await queries.expectIndexed();
});
