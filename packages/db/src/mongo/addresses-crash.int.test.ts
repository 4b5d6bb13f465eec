import { register, registerSchema } from '@eventhorizon/core/flows/register';
import { verifyEmail } from '@eventhorizon/core/flows/verify-email';
import type { UserStore } from '@eventhorizon/core/identity/ports';
import { accountWorld } from '@eventhorizon/core/testing/account-world';
import { crashAt } from '@eventhorizon/core/testing/crash-at';
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
  const world = { ...accountWorld(), ...stores, ids: { next: newId } };
  return { ...t, world };
};
type Opened = Awaited<ReturnType<typeof open>>;
type Deps = Opened['world'];
type Step = {
  readonly run: (deps: Deps) => Promise<unknown>;
  /** What must be true together. */
  readonly facts: () => Promise<readonly boolean[]>;
};

const commandOf = (name: string) =>
  registerSchema.parse({ username: name, email: `${name}@example.org`, password: 'correct horse battery' });

const opening = async ({ db, world }: Opened, name: string): Promise<Step> => ({
  run: (deps) => register(deps, commandOf(name)),
  facts: async () => {
    const user = await world.users.findByUsernameKey(name);
    const letter = { 'notice.kind': 'verify_email', 'notice.userId': user?.id ?? 'nobody' };
    const told = await db.collection('notifications').findOne(letter);
    const due = { job: 'notification.send', 'payload.notificationId': told?._id };
    return [
      user !== null,
      told !== null,
      told !== null && (await db.collection('outbox').findOne(due)) !== null,
    ];
  },
});

const moving = async ({ db, world }: Opened, name: string): Promise<Step> => {
  const { id } = (await registerQuietly(world, commandOf(name))).account;
  const emailKey = `new-${name}@example.org`;
  const hash = world.mailTokenSource.hashOf(name);
  const expiresAt = new Date(Date.now() + 3_600_000);
  await world.users.markEmailVerified(id, `${name}@example.org`, new Date());
  const { passwordHash = '' } = (await world.users.find(id)) ?? {};
  await world.unitOfWork.run((tx) =>
    world.users.markEmailWanted(tx, id, passwordHash, { email: emailKey, emailKey }),
  );
  await world.mailTokens.insert({ hash, purpose: 'change_email', userId: id, emailKey, expiresAt });
  return {
    run: (deps) => verifyEmail(deps, { token: name, userId: id }),
    facts: async () => [
      (await world.users.find(id))?.emailKey === emailKey,
      (await world.mailTokens.find(hash, 'change_email', new Date(0))) === null,
      (await db.collection('notifications').countDocuments({ 'notice.userId': id })) === 1,
    ],
  };
};

const steps = { 'an account with its letter': opening, 'the move to another address': moving };

/** Every state that a process leaves which dies somewhere in it: `done`, `undone`, or what is half done. */
const statesLeft = async (
  prepare: (opened: Opened, name: string) => Promise<Step>,
  careless = (users: UserStore): UserStore => users,
) => {
  await using opened = await open();
  const { world } = opened;
  const left = new Set<string>();
  for (let at = 1, crashed = true; crashed; at += 1)
    for (const when of ['before', 'after'] as const) {
      const { run, facts } = await prepare(opened, `ada-${at}-${when}`);
      const { users, sessions, mailTokens, notifications, outbox, unitOfWork } = world;
      const ports = { users: careless(users), sessions, mailTokens, notifications, outbox, unitOfWork };
      const mortal = crashAt(ports, { at, when });
      await run({ ...world, ...mortal.deps }).catch(() => undefined);
      crashed = mortal.crashed();
      const found = await facts();
      left.add(found.every(Boolean) ? 'done' : found.some(Boolean) ? 'half done' : 'undone');
    }
  return [...left].sort();
};

test.each(Object.entries(steps))(
  '%s is all there or not at all, wherever the process dies',
  async (_name, prepare) => {
    expect(await statesLeft(prepare)).toEqual(['done', 'undone']);
  },
  60_000,
);

test.each(Object.entries(steps))(
  'twin: %s that is stored beside the transaction is half done',
  async (_name, prepare) => {
    const beside = (users: UserStore): UserStore => ({
      ...users,
      insert: (user) => users.insert(user),
      changeEmail: (_tx, ...args) => users.changeEmail(undefined as never, ...args),
    });
    expect(await statesLeft(prepare, beside)).toContain('half done');
  },
  60_000,
);
