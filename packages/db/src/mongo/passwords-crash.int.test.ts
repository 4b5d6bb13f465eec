import { changePassword } from '@eventhorizon/core/flows/change-password';
import { registerSchema } from '@eventhorizon/core/flows/register';
import { resetPassword } from '@eventhorizon/core/flows/reset-password';
import { MAIL_TOKEN_MS } from '@eventhorizon/core/identity/mail-token';
import type { UserStore } from '@eventhorizon/core/identity/ports';
import type { UserId } from '@eventhorizon/core/shared/ids';
import { accountWorld } from '@eventhorizon/core/testing/account-world';
import { crashAt } from '@eventhorizon/core/testing/crash-at';
import { fakeClock } from '@eventhorizon/core/testing/fake-clock';
import { registerQuietly } from '@eventhorizon/core/testing/identity-world';
import { expect, test } from 'vitest';
import { migratedDatabase } from '../testing/migrated-database.ts';
import { newId } from '../testing/new-id.ts';
import { mongoMailTokens } from './mail-tokens.ts';
import { mongoNotifications } from './notifications.ts';
import { mongoOutbox } from './outbox.ts';
import { mongoSessions } from './sessions.ts';
import { mongoUnitOfWork } from './unit-of-work.ts';
import { mongoUsers } from './users.ts';

const oldPassword = 'correct horse battery';
const newPassword = 'a wholly new password';

const open = async () => {
  const t = await migratedDatabase();
  const stores = {
    users: mongoUsers(t.db),
    sessions: mongoSessions(t.db),
    mailTokens: mongoMailTokens(t.db),
    notifications: mongoNotifications(t.db),
    outbox: mongoOutbox(t.db, { next: newId }),
    unitOfWork: mongoUnitOfWork({ client: t.client, ring: () => undefined, deadlineMs: 30_000 }),
  };
  // Ahead of the real time, because MongoDB's TTL monitor goes by that.
  const world = { ...accountWorld(), ...stores, clock: fakeClock(new Date(Date.UTC(2090, 0, 1))) };
  return { ...t, world };
};
type World = Awaited<ReturnType<typeof open>>['world'];

type NewPassword = (deps: World, userId: UserId, token: string) => Promise<unknown>;
const ways: Record<string, NewPassword> = {
  'a new password by a mailed code': (deps, _userId, token) => resetPassword(deps, { token, newPassword }),
  'a new password by the old one': (deps, userId) =>
    changePassword(deps, { userId, oldPassword, newPassword }),
};

/** An account with a session and a code for a new password, and what has become of them: `done`, `undone`, or what is wrong. */
const prepare = async ({ db, world }: Awaited<ReturnType<typeof open>>, name: string) => {
  const email = `${name}@example.org`;
  const input = registerSchema.parse({ username: name, email, password: oldPassword });
  const { account } = await registerQuietly(world, input);
  const before = await world.users.find(account.id);
  const [session] = await world.sessions.listOpen(account.id, world.clock.now());
  const hash = world.mailTokenSource.hashOf(name);
  const expiresAt = new Date(world.clock.now().getTime() + MAIL_TOKEN_MS.reset_password);
  await world.mailTokens.insert({
    hash,
    purpose: 'reset_password',
    userId: account.id,
    emailKey: email,
    expiresAt,
  });
  world.clock.advance(1);
  const state = async (): Promise<string> => {
    const found = {
      password: (await world.users.find(account.id))?.passwordHash !== before?.passwordHash,
      code: (await world.mailTokens.find(hash, 'reset_password', world.clock.now())) === null,
      session: session !== undefined && (await world.sessions.find(session.id))?.endedAt !== null,
      letter: (await db.collection('notifications').countDocuments({ 'notice.userId': account.id })) === 1,
    };
    const all = Object.values(found);
    if (all.every(Boolean)) return 'done';
    return all.some(Boolean) ? JSON.stringify(found) : 'undone';
  };
  return { userId: account.id, state };
};

/** Every state that a process leaves which dies somewhere in `way`. */
const statesLeft = async (way: NewPassword, careless = (users: UserStore): UserStore => users) => {
  await using opened = await open();
  const { world } = opened;
  const left = new Set<string>();
  for (let at = 1, crashed = true; crashed; at += 1)
    for (const when of ['before', 'after'] as const) {
      const name = `ada-${at}-${when}`;
      const { userId, state } = await prepare(opened, name);
      const { users, sessions, mailTokens, notifications, outbox, unitOfWork, hasher, attempts } = world;
      const ports = { users: careless(users), sessions, mailTokens, notifications, outbox, unitOfWork };
      const mortal = crashAt({ ...ports, hasher, attempts }, { at, when });
      await way({ ...world, ...mortal.deps }, userId, name).catch(() => undefined);
      crashed = mortal.crashed();
      const found = await state();
      left.add(found);
      if (found !== 'undone') continue;
      await way(world, userId, name);
      expect(await state(), `said again after death ${when} call ${at}`).toBe('done');
    }
  return [...left].sort();
};

test.each(Object.entries(ways))(
  '%s is all there or not at all, wherever the process dies: the owner told, the sessions ended, the code used',
  async (_name, way) => {
    expect(await statesLeft(way)).toEqual(['done', 'undone']);
  },
  60_000,
);

test.each(Object.entries(ways))(
  'twin: %s that is stored beside the transaction is half done',
  async (_name, way) => {
    const beside = (users: UserStore): UserStore => ({
      ...users,
      changePassword: (id, from, to, at) => users.changePassword(id, from, to, at),
      // In the transaction it would wait for what was written beside it.
      markEmailVerified: (id, emailKey, at) => users.markEmailVerified(id, emailKey, at),
    });
    const left = await statesLeft(way, beside);
    expect(left.filter((state) => !['done', 'undone'].includes(state))).not.toEqual([]);
  },
  60_000,
);
