import { expect, test } from 'vitest';
import { register, registerSchema } from '../flows/register.ts';
import { SECOND_MS } from '../shared/clock.ts';
import { ADA, identityWorld, registerAda } from '../testing/identity-world.ts';
import { endAllSessions } from './end-all-sessions.ts';
import { listSessions } from './list-sessions.ts';
import { logIn, logInSchema } from './log-in.ts';
import { refreshSession } from './refresh-session.ts';
import { revokeSession } from './revoke-session.ts';

const command = logInSchema.parse({ login: 'ada', password: ADA.password });

/** An account that logged in on a phone and then on a laptop, which asks. */
const opened = async () => {
  const world = identityWorld();
  const { account } = await registerAda(world);
  await endAllSessions(world, { userId: account.id, reason: 'revoked' });
  const sessionOf = (token: string) => {
    const read = world.refreshTokens.read(token);
    if (read === null) throw new Error('no token');
    return read.sessionId;
  };
  const phone = await logIn(world, { ...command, userAgent: `Phone\u0000${'x'.repeat(1_000)}` });
  world.clock.advance(SECOND_MS);
  const laptop = await logIn(world, { ...command, userAgent: 'Laptop' });
  const [phoneId, laptopId] = [sessionOf(phone.refreshToken), sessionOf(laptop.refreshToken)];
  const list = () => listSessions(world, { userId: account.id, sessionId: laptopId });
  return { world, userId: account.id, phone, phoneId, laptopId, list };
};

test('an account sees its open sessions with their programs and last use, its own marked', async () => {
  const { world, phone, phoneId, laptopId, list } = await opened();
  expect((await list()).map(({ sessionId, current }) => [sessionId, current])).toEqual([
    [laptopId, true],
    [phoneId, false],
  ]);
  world.clock.advance(SECOND_MS);
  await refreshSession(world, { refreshToken: phone.refreshToken });
  const [first, second] = await list();
  expect(first).toMatchObject({ sessionId: phoneId, lastUsedAt: world.clock.now() });
  expect(first?.userAgent).toMatch(/^Phone x{50,}$/);
  expect(first?.userAgent?.length).toBeLessThanOrEqual(300);
  expect(second).toMatchObject({ sessionId: laptopId, userAgent: 'Laptop' });
  expect(JSON.stringify([first, second])).not.toContain('salt');
});

test('a revoked session refreshes no more, and its access tokens end in this process at once', async () => {
  const { world, userId, phone, phoneId, laptopId, list } = await opened();
  await revokeSession(world, { userId, sessionId: phoneId });
  expect(world.accessTokens.forgotten).toContain(phoneId);
  await expect(refreshSession(world, { refreshToken: phone.refreshToken })).rejects.toMatchObject({
    code: 'auth.session_ended',
  });
  expect((await list()).map(({ sessionId }) => sessionId)).toEqual([laptopId]);
});

test('nobody revokes or sees the session of another', async () => {
  const { world, phoneId, list } = await opened();
  const mallory = await register(
    world,
    registerSchema.parse({ username: 'mallory', email: 'm@example.org', password: 'a long enough password' }),
  );
  await expect(
    revokeSession(world, { userId: mallory.account.id, sessionId: phoneId }),
  ).rejects.toMatchObject({ code: 'thing.not_found' });
  expect(await list()).toHaveLength(2);
});

test('revoking the others leaves the one that asks', async () => {
  const { world, userId, laptopId, list } = await opened();
  expect(await endAllSessions(world, { userId, reason: 'revoked', except: laptopId })).toBe(1);
  expect((await list()).map(({ sessionId }) => sessionId)).toEqual([laptopId]);
});
