import { expect, test, vi } from 'vitest';
import { keptLog } from '../testing/kept-log.ts';
import type { ScheduleLease } from './ports.ts';
import { createSchedule } from './schedule.ts';

const free: ScheduleLease = { hold: async () => true, release: async () => undefined };

test('a round never begins while the one before it runs, and stopping waits for it', async () => {
  let running = 0;
  let most = 0;
  let rounds = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    rounds += 1;
  };
  const schedule = createSchedule({ name: 'x', everyMs: 1, lease: free, log: keptLog(), work });
  schedule.start();
  await vi.waitFor(() => expect(rounds).toBeGreaterThan(5));
  await schedule.stop();
  expect(running).toBe(0);
  expect(most).toBe(1);
  const after = rounds;
  await new Promise(setImmediate);
  expect(rounds).toBe(after);
});

test('who does not hold the lease does no work, and asks again', async () => {
  let asked = 0;
  let worked = 0;
  const lease = { ...free, hold: async () => ++asked > 3 };
  const work = async () => {
    worked += 1;
  };
  const schedule = createSchedule({ name: 'x', everyMs: 1, lease, log: keptLog(), work });
  schedule.start();
  await vi.waitFor(() => expect(worked).toBeGreaterThan(0));
  await schedule.stop();
  expect(asked).toBe(worked + 3);
});

test('a failing round is logged and followed by the next one', async () => {
  const log = keptLog();
  let rounds = 0;
  const work = async () => {
    rounds += 1;
    throw new Error('Redis is away');
  };
  const schedule = createSchedule({ name: 'sweep', everyMs: 1, lease: free, log, work });
  schedule.start();
  await vi.waitFor(() => expect(rounds).toBeGreaterThan(2));
  await schedule.stop();
  expect(log.lines[0]).toMatchObject({
    level: 'warn',
    fields: { schedule: 'sweep', reason: 'Error: Redis is away' },
  });
});
