import { expect, test } from 'vitest';
import { logIn, logInSchema } from '../identity/log-in.ts';
import { refreshSession } from '../identity/refresh-session.ts';
import type { User } from '../identity/user.ts';
import { accountWorld } from '../testing/account-world.ts';
import { ADA, registerAda } from '../testing/identity-world.ts';
import { changePassword, changePasswordSchema } from './change-password.ts';

const attempt = (password: string) => logInSchema.parse({ login: 'ada', password });
const SUSPENDED = { code: 'account.suspended' };

/** An account that an admin suspended, with the session of before; `from`: which reads of the account see it. */
const suspended = async (from: 'every read' | 'the second read') => {
  const world = accountWorld();
  const { account, refreshToken } = await registerAda(world);
  const suspension = { at: world.clock.now(), by: account.id, reason: 'stolen cards' };
  const shut = (user: User | null) => (user === null ? null : { ...user, suspension });
  const { users } = world;
  const looked = from === 'every read' ? shut : (user: User | null) => user;
  return {
    userId: account.id,
    refreshToken,
    world: {
      ...world,
      users: {
        ...users,
        find: async (id: User['id']) => shut(await users.find(id)),
        findByUsernameKey: async (key: string) => looked(await users.findByUsernameKey(key)),
      },
    },
  };
};

test('who is suspended is told so by the right password, and by the wrong one no more than anybody', async () => {
  const { world, userId } = await suspended('every read');
  const before = world.hasher.work();
  await expect(logIn(world, attempt(ADA.password))).rejects.toMatchObject(SUSPENDED);
  await expect(logIn(world, attempt('a wrong password'))).rejects.toMatchObject({
    code: 'auth.bad_credentials',
  });
  expect(world.hasher.work() - before).toBe(2);
  expect(await world.sessions.listOpen(userId, world.clock.now())).toHaveLength(1);
});

test('a log-in under way when its account is suspended brings no session', async () => {
  const { world, userId } = await suspended('the second read');
  await expect(logIn(world, attempt(ADA.password))).rejects.toMatchObject(SUSPENDED);
  // The session of before is ended by the suspension itself, which this test does without.
  expect(await world.sessions.listOpen(userId, world.clock.now())).toHaveLength(1);
});

test('who is suspended neither refreshes nor changes the password', async () => {
  const { world, userId, refreshToken } = await suspended('every read');
  await expect(refreshSession(world, { refreshToken })).rejects.toMatchObject(SUSPENDED);
  const command = changePasswordSchema.parse({
    oldPassword: ADA.password,
    newPassword: 'a wholly new password',
  });
  await expect(changePassword(world, { ...command, userId })).rejects.toMatchObject(SUSPENDED);
});

test('a forged refresh token is not told that its account is suspended', async () => {
  const { world, refreshToken } = await suspended('every read');
  await expect(refreshSession(world, { refreshToken: `${refreshToken}x` })).rejects.toMatchObject({
    code: 'auth.session_ended',
  });
});
