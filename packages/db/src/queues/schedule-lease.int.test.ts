import { testRedis } from '@eventhorizon/devstack/test-redis';
import { expect, test, vi } from 'vitest';
import { connectForRequests } from '../redis/connect.ts';
import { redisScheduleLease } from './schedule-lease.ts';

const workers = async (count: number) => {
  const server = await testRedis();
  const connections = Array.from({ length: count }, () => connectForRequests(server.url));
  return {
    connections,
    leases: connections.map(redisScheduleLease),
    flush: async () => void (await connections[0]?.flushall()),
    [Symbol.asyncDispose]: async () => {
      for (const connection of connections) connection.disconnect();
      await server[Symbol.asyncDispose]();
    },
  };
};

const LONG_MS = 600_000;

test('of many workers one does a round, and the same one again as long as it asks', async () => {
  await using w = await workers(5);
  const round = async () => Promise.all(w.leases.map((lease) => lease.hold('sweep', LONG_MS)));
  const first = await round();
  expect(first.filter(Boolean)).toHaveLength(1);
  expect(await round()).toEqual(first);
});

test('twin: without "only if nobody has it" every worker does the round', async () => {
  await using w = await workers(5);
  const careless = w.connections.map((redis) =>
    redisScheduleLease({
      set: (key, token, unit, ttlMs) => redis.set(key, token, unit, ttlMs),
      get: (key) => redis.get(key),
      pexpire: (key, ttlMs) => redis.pexpire(key, ttlMs),
      del: (key) => redis.del(key),
    }),
  );
  const round = await Promise.all(careless.map((lease) => lease.hold('sweep', LONG_MS)));
  expect(round).toEqual([true, true, true, true, true]);
});

test('schedules are held one by one', async () => {
  await using w = await workers(2);
  const [a, b] = w.leases;
  expect(await a?.hold('sweep', LONG_MS)).toBe(true);
  expect(await b?.hold('relay', LONG_MS)).toBe(true);
});

test('a worker that dies is followed by another when its lease is over', async () => {
  await using w = await workers(2);
  const [a, b] = w.leases;
  expect(await a?.hold('sweep', 200)).toBe(true);
  await vi.waitFor(async () => expect(await b?.hold('sweep', LONG_MS)).toBe(true), 10_000);
  expect(await a?.hold('sweep', LONG_MS)).toBe(false);
});

test('a worker that stops is followed at once, and takes away nobody else’s lease', async () => {
  await using w = await workers(2);
  const [a, b] = w.leases;
  await a?.hold('sweep', LONG_MS);
  await b?.hold('relay', LONG_MS);
  expect(await a?.hold('relay', LONG_MS)).toBe(false);
  await a?.release();
  expect(await b?.hold('sweep', LONG_MS)).toBe(true);
  expect(await b?.hold('relay', LONG_MS)).toBe(true);
});

test('after a FLUSHALL somebody holds it again', async () => {
  await using w = await workers(2);
  const [a, b] = w.leases;
  await a?.hold('sweep', LONG_MS);
  await w.flush();
  expect(await b?.hold('sweep', LONG_MS)).toBe(true);
  expect(await a?.hold('sweep', LONG_MS)).toBe(false);
});
