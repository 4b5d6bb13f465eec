import { describe, expect, test } from 'vitest';
import { requestPasswordReset, requestPasswordResetSchema } from '../flows/request-password-reset.ts';
import { resetPassword } from '../flows/reset-password.ts';
import { accountWorld, codeIn } from '../testing/account-world.ts';
import { ADA, type identityWorld, registerAda } from '../testing/identity-world.ts';
import { ATTEMPT_LIMITS, type AttemptCounter } from './attempts.ts';
import { logIn, logInSchema } from './log-in.ts';
import type { SessionStore } from './ports.ts';

type World = ReturnType<typeof identityWorld>;
const HOME = '203.0.113.7';
const ABROAD = '198.51.100.4';
const attempt = (password: string, network: string | null, login = 'ada') => ({
  ...logInSchema.parse({ login, password }),
  network,
});
const right = (network: string | null) => attempt(ADA.password, network);
const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'logged in',
    (refusal: unknown) => String((refusal as { code?: string }).code),
  );
const guess = (world: World, network: string, login = 'ada') =>
  outcome(logIn(world, attempt('a wrong password', network, login)));

/** An account that has logged in at home. */
const atHome = async () => {
  const world = accountWorld();
  await registerAda(world);
  await logIn(world, right(HOME));
  return world;
};
/** Strangers at many addresses guess until the account's own count is used up. */
const besiege = async (world: World) => {
  for (let n = 0; n < ATTEMPT_LIMITS.log_in_per_login.count; n += 1) await guess(world, `192.0.2.${n}`);
};
const PAIR = ATTEMPT_LIMITS.log_in_per_login_and_address;

describe('guessing a password', () => {
  test('from one address ends before the hash, and costs the owner elsewhere nothing', async () => {
    const world = await atHome();
    const before = world.hasher.work();
    const outcomes = [];
    for (let n = 0; n < 100; n += 1) outcomes.push(await guess(world, ABROAD));
    expect(outcomes.filter((code) => code === 'auth.bad_credentials')).toHaveLength(PAIR.count);
    expect(outcomes.at(-1)).toBe('auth.too_many_attempts');
    expect(world.hasher.work() - before).toBe(PAIR.count);
    expect(await outcome(logIn(world, right(null)))).toBe('logged in');
  });

  test('twin: with a counter that never refuses, each guess costs a hash', async () => {
    const world = await atHome();
    const attempts = { take: async () => null, forget: async () => undefined };
    const before = world.hasher.work();
    for (let n = 0; n < 100; n += 1)
      await outcome(logIn({ ...world, attempts }, attempt('a wrong password', ABROAD)));
    expect(world.hasher.work() - before).toBe(100);
  });

  test('of many accounts from one address ends too, also of accounts that do not exist', async () => {
    const world = await atHome();
    const { count } = ATTEMPT_LIMITS.log_in_per_address;
    const before = world.hasher.work();
    for (let n = 0; n < 2 * count; n += 1) await guess(world, ABROAD, `nobody${n}`);
    expect(world.hasher.work() - before).toBe(count);
  });

  test('from everywhere ends, however the login is written', async () => {
    const world = await atHome();
    await besiege(world);
    const before = world.hasher.work();
    for (const login of ['ada', 'ADA', ' Ada '])
      expect(await guess(world, ABROAD, login)).toBe('auth.too_many_attempts');
    expect(world.hasher.work()).toBe(before);
  });

  /** What is answered, try by try, to who exhausts a user name and then an address; `attemptsOf`: how that is counted. */
  const answersTo = async (
    [name, address]: readonly [string, string],
    networkOf: (n: number) => string,
    attemptsOf = (attempts: World['attempts']): AttemptCounter => attempts,
  ) => {
    const world = await atHome();
    const answers: string[] = [];
    const deps = { ...world, attempts: attemptsOf(world.attempts) };
    for (const login of [name, address])
      for (let n = 0; n < ATTEMPT_LIMITS.log_in_per_login.count + 5; n += 1)
        answers.push(await outcome(logIn(deps, attempt('a wrong password', networkOf(n), login))));
    return answers;
  };
  const ONE: readonly [string, string] = ['ada', 'ada@example.org'];
  const NONE: readonly [string, string] = ['nobody', 'nobody@example.org'];
  const UNRELATED: readonly [string, string] = ['ada', 'nobody@example.org'];
  test.each([
    ['one address', () => ABROAD],
    ['everywhere', (n: number) => `192.0.2.${n}`],
  ])(
    'of a name and then of an address from %s is answered alike, whether they are one account, two or none',
    async (_from, networkOf) => {
      const answers = await answersTo(NONE, networkOf);
      expect(new Set(answers)).toEqual(new Set(['auth.bad_credentials', 'auth.too_many_attempts']));
      expect(await answersTo(ONE, networkOf)).toEqual(answers);
      expect(await answersTo(UNRELATED, networkOf)).toEqual(answers);
    },
  );

  test('twin: counted by account, the address is refused at once, which tells that it is the name’s', async () => {
    const byAccount = (attempts: World['attempts']): AttemptCounter => ({
      ...attempts,
      take: (kind, whose) => attempts.take(kind, whose.replace(/^ada@example\.org/, 'ada')),
    });
    expect(await answersTo(ONE, () => ABROAD, byAccount)).not.toEqual(await answersTo(NONE, () => ABROAD));
  });

  test('is counted in the same way, step by step, for an account that does not exist', async () => {
    const stepsOf = async (login: string) => {
      const world = await atHome();
      const [taken, work] = [world.attempts.taken.length, world.hasher.work()];
      const looked: string[] = [];
      const sessions: SessionStore = {
        ...world.sessions,
        hasBegunFrom: async (userId, network) => {
          looked.push(network);
          return world.sessions.hasBegunFrom(userId, network);
        },
      };
      const outcomes = [];
      for (let n = 0; n < ATTEMPT_LIMITS.log_in_per_login.count + 5; n += 1)
        outcomes.push(
          await outcome(logIn({ ...world, sessions }, attempt('a wrong password', `192.0.2.${n}`, login))),
        );
      const kinds = world.attempts.taken.slice(taken).map((key) => key.split(':')[0]);
      return { outcomes, kinds, looked, work: world.hasher.work() - work };
    };
    expect(await stepsOf('nobody')).toEqual(await stepsOf('ada'));
  });
});

describe('whoever besieges an account', () => {
  test('does not lock its owner out where it has logged in before', async () => {
    const world = await atHome();
    await besiege(world);
    expect(await outcome(logIn(world, right(ABROAD)))).toBe('auth.too_many_attempts');
    expect(await outcome(logIn(world, right(HOME)))).toBe('logged in');
  });

  test('twin: were no address known, the owner would be locked out at home', async () => {
    const world = await atHome();
    await besiege(world);
    const sessions = { ...world.sessions, hasBegunFrom: async () => false };
    expect(await outcome(logIn({ ...world, sessions }, right(HOME)))).toBe('auth.too_many_attempts');
  });

  test('does not lock the owner out for good elsewhere: the window ends', async () => {
    const world = await atHome();
    await besiege(world);
    world.clock.advance(ATTEMPT_LIMITS.log_in_per_login.withinMs);
    expect(await outcome(logIn(world, right(ABROAD)))).toBe('logged in');
  });

  test('does not keep the owner from a new password by mail, which opens the account where it was asked for', async () => {
    const world = await atHome();
    await besiege(world);
    await requestPasswordReset(world, requestPasswordResetSchema.parse({ email: 'ada@example.org' }));
    const [letter] = await world.deliver();
    const newPassword = 'a wholly new password';
    await resetPassword(world, { token: codeIn(letter), newPassword, network: ABROAD });
    expect(await outcome(logIn(world, attempt(newPassword, ABROAD)))).toBe('logged in');
  });
});

test('a log-in that succeeds begins the counts of both logins of the account anew', async () => {
  const world = await atHome();
  for (let round = 0; round < 3; round += 1) {
    for (let n = 1; n < PAIR.count; n += 1) {
      await guess(world, HOME);
      await guess(world, HOME, 'ada@example.org');
    }
    expect(await outcome(logIn(world, right(HOME)))).toBe('logged in');
  }
});
