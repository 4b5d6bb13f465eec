import { testRedis } from '@eventhorizon/devstack/test-redis';
import { Queue, Worker } from 'bullmq';
import { expect, test, vi } from 'vitest';
import { connectForRequests, connectForWork } from '../redis/connect.ts';
import { createBell, type RingRow } from './bell.ts';
import { createConsumer } from './consumer.ts';

const row = (id: string, over: Partial<RingRow> = {}): RingRow => ({
  id,
  job: 'notification.send',
  dueAt: new Date(),
  ...over,
});

const stack = async () => {
  const server = await testRedis();
  const redis = connectForRequests(server.url);
  const forWork = connectForWork(server.url);
  const errors: unknown[] = [];
  const bell = createBell({ redis, onError: (error) => void errors.push(error) });
  const heard: string[] = [];
  const listen = () =>
    createConsumer({
      queue: 'notifications',
      redis: forWork,
      concurrency: 5,
      handle: async (rowId) => void heard.push(rowId),
      onError: (error) => void errors.push(error),
    });
  return {
    server,
    redis,
    forWork,
    bell,
    heard,
    errors,
    listen,
    waiting: async () => {
      const queue = new Queue('notifications', { connection: redis, skipMetasUpdate: true });
      const counts = await queue.getJobCounts('waiting', 'delayed', 'completed', 'failed');
      await queue.close();
      return counts;
    },
    [Symbol.asyncDispose]: async () => {
      await bell.close();
      redis.disconnect();
      forWork.disconnect();
      await server[Symbol.asyncDispose]();
    },
  };
};

test('rings for keyed rows reach the consumer under their own names', async () => {
  await using s = await stack();
  const consumer = s.listen();
  await s.bell.ringNow([row('notification.send:ntf_1'), row('out_2')]);
  await vi.waitFor(() => expect(s.heard.toSorted()).toEqual(['notification.send:ntf_1', 'out_2']), 10_000);
  await consumer.stop();
});

test('ringing a hundred times for the same try waits in the queue once', async () => {
  await using s = await stack();
  for (let n = 0; n < 100; n += 1) await s.bell.ringNow([row('out_1')]);
  expect(await s.waiting()).toMatchObject({ waiting: 1 });
});

test('the ring for the next try is not swallowed by the job of a try that hangs', async () => {
  await using s = await stack();
  await s.bell.ringNow([row('out_1')]);
  await s.bell.ringNow([row('out_1', { attempts: 1 })]);
  expect(await s.waiting()).toMatchObject({ waiting: 2 });
});

test('rows due soon wait as delayed jobs; rows due far ahead are left to the relay', async () => {
  await using s = await stack();
  const inMs = (ms: number) => new Date(Date.now() + ms);
  await s.bell.ringNow([
    row('out_1', { dueAt: inMs(900_000) }),
    row('out_2', { dueAt: inMs(100 * 86_400_000) }),
  ]);
  expect(await s.waiting()).toMatchObject({ waiting: 0, delayed: 1 });
});

/** Rings, lets the job end (with an error if told), rings for the same row again. Returns how often it was heard. */
const ringAgainAfterTheEnd = async (keepJobs: boolean): Promise<number> => {
  await using s = await stack();
  let heard = 0;
  const options = { connection: s.forWork, lockDuration: 5_000 };
  const queue = new Queue('notifications', { connection: s.redis });
  const worker = new Worker(
    'notifications',
    async () => {
      heard += 1;
      throw new Error('it failed');
    },
    options,
  );
  worker.on('failed', () => undefined);
  const ring = async () => {
    if (!keepJobs) return await s.bell.ringNow([row('out_1')]);
    await queue.add('notification.send', { rowId: 'out_1' }, { jobId: 'out_1~0' });
  };
  await ring();
  await vi.waitFor(() => expect(heard).toBe(1), 10_000);
  // Until the end of the job is written, a ring for it would be the same ring.
  await vi.waitFor(async () => expect(await queue.getActiveCount()).toBe(0), 10_000);
  await ring();
  await s.bell.ringNow([row('out_last')]);
  await vi.waitFor(() => expect(heard).toBe(keepJobs ? 2 : 3), 10_000);
  await worker.close();
  await queue.close();
  return heard - 1;
};

test('a job that ended, also with an error, does not swallow the next ring for its row', async () => {
  expect(await ringAgainAfterTheEnd(false)).toBe(2);
});

test('twin: a job that is kept does', async () => {
  expect(await ringAgainAfterTheEnd(true)).toBe(1);
});

test('with Redis gone a ring returns at once and harms nobody; later rings work again', async () => {
  await using s = await stack();
  await s.bell.ringNow([row('out_1')]);
  process.kill(s.server.pid, 'SIGSTOP');
  s.bell.ring([row('out_2')]);
  await expect(s.bell.ringNow([row('out_3')])).rejects.toThrow();
  await vi.waitFor(() => expect(s.errors.length).toBeGreaterThan(0), 10_000);
  process.kill(s.server.pid, 'SIGCONT');
  const consumer = s.listen();
  await vi.waitFor(
    async () => {
      await s.bell.ringNow([row('out_4')]);
      expect(s.heard).toContain('out_4');
    },
    { timeout: 20_000, interval: 200 },
  );
  await consumer.stop();
});

test('a row of a job that the catalogue does not know is left out by name, and the others are rung for', async () => {
  await using s = await stack();
  await s.bell.ringNow([row('out_1', { job: 'mail.burn' }), row('out_2')]);
  expect(await s.waiting()).toMatchObject({ waiting: 1 });
  expect(s.errors.map(String)).toEqual([expect.stringMatching(/mail\.burn \(row out_1/)]);
});
