import { attemptCounterContract } from '@eventhorizon/core/identity/attempt-counter.contract';
import { ATTEMPT_LIMITS, type AttemptLimits } from '@eventhorizon/core/identity/attempts';
import { logIn, logInSchema } from '@eventhorizon/core/identity/log-in';
import { identityWorld, registerAda } from '@eventhorizon/core/testing/identity-world';
import { testRedis } from '@eventhorizon/devstack/test-redis';
import { describe, expect, it } from 'vitest';
import { type AttemptCounterOptions, createAttemptCounter } from './attempt-counter.ts';
import { connectForRequests } from './connect.ts';

const limitsOf = (count: number, withinMs = 600_000): AttemptLimits => ({
  ...ATTEMPT_LIMITS,
  log_in_per_login_and_address: { count, withinMs },
});

/** A process with a connection of its own, ready to count. */
const counting = async (url: string, options: Partial<AttemptCounterOptions> = {}) => {
  const redis = connectForRequests(url);
  redis.on('error', () => undefined);
  const outages: unknown[] = [];
  const attempts = createAttemptCounter({
    redis,
    limits: ATTEMPT_LIMITS,
    onOutage: (error) => outages.push(error),
    ...options,
  });
  return { redis, attempts, outages, [Symbol.asyncDispose]: async () => redis.disconnect() };
};

attemptCounterContract(async (limits) => {
  const server = await testRedis();
  const one = await counting(server.url, { limits });
  await one.redis.ping();
  return {
    attempts: one.attempts,
    [Symbol.asyncDispose]: async () => {
      await one[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
});

const takeTimes = async ({ attempts }: Awaited<ReturnType<typeof counting>>, times: number) =>
  (
    await Promise.all(
      Array.from({ length: times }, () => attempts.take('log_in_per_login_and_address', 'ada here')),
    )
  ).filter((wait) => wait === null).length;

describe('attempts in Redis', () => {
  it('are counted together by all processes', async () => {
    await using server = await testRedis();
    await using one = await counting(server.url, { limits: limitsOf(5) });
    await using two = await counting(server.url, { limits: limitsOf(5) });
    await Promise.all([one.redis.ping(), two.redis.ping()]);
    expect((await takeTimes(one, 4)) + (await takeTimes(two, 4))).toBe(5);
  });

  it('may go on when the window has ended', async () => {
    await using server = await testRedis();
    await using one = await counting(server.url, { limits: limitsOf(1, 1_000) });
    await one.redis.ping();
    expect(await takeTimes(one, 3)).toBe(1);
    await expect.poll(() => takeTimes(one, 1), { timeout: 5_000 }).toBe(1);
  });

  it('name nobody: neither names nor addresses are in the keys, and every key ends by itself', async () => {
    await using server = await testRedis();
    await using one = await counting(server.url);
    await one.redis.ping();
    await one.attempts.take('log_in_per_login', 'ada@example.org');
    await one.attempts.take('log_in_per_address', '203.0.113.7');
    const keys = await one.redis.keys('*');
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(key).toMatch(/^eh:attempts:\{log_in_per_[a-z]+:[\w-]{43}\}$/);
      expect(await one.redis.pttl(key)).toBeGreaterThan(0);
    }
  });
});

/** How many hashes a flood of log-ins costs. */
const hashesOfFlood = async (attempts: Parameters<typeof logIn>[0]['attempts']): Promise<number> => {
  const world = { ...identityWorld(), attempts };
  await registerAda(world);
  const before = world.hasher.work();
  const wrong = {
    ...logInSchema.parse({ login: 'ada', password: 'a wrong password' }),
    network: '192.0.2.1',
  };
  await Promise.all(Array.from({ length: 50 }, () => logIn(world, wrong).catch(() => undefined)));
  return world.hasher.work() - before;
};

describe('when Redis is gone', () => {
  it('each process counts for itself, so that a flood still ends before the hash and nobody is refused for the outage', async () => {
    await using one = await counting('redis://127.0.0.1:1', { limits: limitsOf(5) });
    expect(await hashesOfFlood(one.attempts)).toBe(5);
    expect(one.outages).not.toEqual([]);
    expect(await one.attempts.take('log_in_per_login_and_address', 'bob there')).toBeNull();
    await one.attempts.forget('log_in_per_login_and_address', 'bob there');
  });

  it('twin: were everybody let through meanwhile, each attempt of the flood would cost a hash', async () => {
    await using one = await counting('redis://127.0.0.1:1', { limits: limitsOf(1_000_000) });
    expect(await hashesOfFlood(one.attempts)).toBe(50);
  });

  it('a server that takes commands and answers nothing is given up soon, and counts again when it is back', async () => {
    await using server = await testRedis();
    await using one = await counting(server.url, { limits: limitsOf(5) });
    await one.redis.ping();
    process.kill(server.pid, 'SIGSTOP');
    try {
      expect(await takeTimes(one, 20)).toBe(5);
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }
    await expect.poll(() => one.redis.ping().catch(() => null), { timeout: 10_000 }).toBe('PONG');
    await one.attempts.forget('log_in_per_login_and_address', 'ada here');
    expect(await takeTimes(one, 20)).toBe(5);
  });
});
