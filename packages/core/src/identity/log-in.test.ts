import { expect, test } from 'vitest';
import { ADA, identityWorld, registerAda } from '../testing/identity-world.ts';
import { countingHasher } from '../testing/in-memory-identity.ts';
import { logIn, logInSchema } from './log-in.ts';

const { password } = ADA;
const attempt = (login: string, given: string = password) => logInSchema.parse({ login, password: given });

test.each(['Ada', 'ada', 'ADA', 'Ada@Example.org', 'ada@example.ORG', ' ada '])(
  '%j logs in, by name or address in any case',
  async (login) => {
    const world = identityWorld();
    const { account } = await registerAda(world);
    const loggedIn = await logIn(world, attempt(login));
    expect(loggedIn.account).toEqual(account);
    expect(await world.accessTokens.verify(loggedIn.accessToken)).toMatchObject({ userId: account.id });
  },
);

test('an unknown account and a wrong password are refused alike, after the same work', async () => {
  const refusals = await Promise.all(
    [attempt('ada', 'wrong horse battery'), attempt('bob'), attempt('bob@example.org')].map(
      async (command) => {
        const world = identityWorld();
        await registerAda(world);
        const before = world.hasher.work();
        const error: unknown = await logIn(world, command).catch((refusal: unknown) => refusal);
        return { error, work: world.hasher.work() - before };
      },
    ),
  );
  for (const { error, work } of refusals) {
    expect(error).toMatchObject({ code: 'auth.bad_credentials', details: {} });
    expect(work).toBe(1);
  }
  expect(new Set(refusals.map(({ error }) => String(error))).size).toBe(1);
});

test('each log-in is a session of its own', async () => {
  const world = identityWorld();
  const first = await registerAda(world);
  const second = await logIn(world, attempt('ada'));
  expect(world.refreshTokens.read(second.refreshToken)?.sessionId).not.toBe(
    world.refreshTokens.read(first.refreshToken)?.sessionId,
  );
});

test('a hash made with old parameters is made anew at the next log-in, and only then', async () => {
  const world = identityWorld();
  const { account } = await registerAda(world);
  const today = { ...world, hasher: countingHasher(2) };
  await logIn(today, attempt('ada'));
  expect((await world.users.find(account.id))?.passwordHash).toBe(`v2:${password}`);
  await logIn(today, attempt('ada'));
  expect(today.hasher.work()).toBe(3);
});

test('a password is the same however a keyboard composes it', async () => {
  const world = identityWorld();
  await registerAda(world);
  const fullWidth = password.replace('c', 'ｃ');
  await expect(logIn(world, attempt('ada', fullWidth))).resolves.toBeDefined();
});

test.each([{ $ne: null }, ['ada'], 7, ''])('%j as a login never reaches a store', (login) => {
  expect(logInSchema.safeParse({ login, password }).success).toBe(false);
});
