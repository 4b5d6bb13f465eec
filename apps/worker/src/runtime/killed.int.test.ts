import { done } from '@eventhorizon/core/flows/job-result';
import { describe, expect, test } from 'vitest';
import type { KillAtStep } from '../testing/child/kill-at-step.ts';
import type { SlowHandler } from '../testing/child/slow-handler.ts';
import { spawnChild } from '../testing/child/spawn-child.ts';
import { until } from '../testing/until.ts';
import { workerBench } from '../testing/worker-bench.ts';

/** What the issue allows for a killed worker's work to be done by another one. */
const TAKEN_OVER_MS = 15_000;

describe('the row of a worker that is killed', () => {
  test.concurrent.for<KillAtStep['step']>(['taken', 'effected', 'completed'])(
    'with kill -9 when it was %s is done, once in effect, by another worker',
    async (step, { expect }) => {
      await using bench = await workerBench();
      const config: KillAtStep = { mongoUri: bench.mongo.uri, redisUrl: bench.redis.url, step };
      await using child = spawnChild('kill-at-step.ts', config);
      const [id] = await bench.addRows(1, { ring: true });
      expect((await child.exited).signal).toBe('SIGKILL');

      const effects = bench.mongo.db.collection<{ _id: string }>('effects');
      bench.start({
        'inventory.follow_event': async (_payload, { rowId }) => {
          await effects.updateOne({ _id: rowId }, { $set: {} }, { upsert: true });
          return done;
        },
      });
      await until(async () => (await bench.openRows()) === 0, TAKEN_OVER_MS);
      expect(await effects.find().toArray()).toEqual([{ _id: id }]);
      expect(await bench.queue.countFailed()).toBe(0);
    },
  );
});

describe('SIGTERM in the middle of a handler', () => {
  const slow = async (deadlineMs: number) => {
    const bench = await workerBench();
    const config: SlowHandler = { mongoUri: bench.mongo.uri, redisUrl: bench.redis.url, deadlineMs };
    const child = spawnChild('slow-handler.ts', config);
    const [id] = await bench.addRows(1, { ring: true });
    await child.lineThatBegins(`begun ${String(id)}`);
    child.kill('SIGTERM');
    await child.lineThatBegins('stopping');
    return {
      bench,
      child,
      effects: bench.mongo.db.collection('effects'),
      [Symbol.asyncDispose]: async () => {
        await child[Symbol.asyncDispose]();
        await bench[Symbol.asyncDispose]();
      },
    };
  };

  test('lets it finish, then the process ends by itself with nothing left', async () => {
    await using stopping = await slow(30_000);
    stopping.child.say('go on');
    expect(await stopping.child.exited).toEqual({ code: 0, signal: null });
    expect(await stopping.bench.openRows()).toBe(0);
    expect(await stopping.effects.countDocuments()).toBe(1);
  });

  test('that takes too long gives the row back: another worker does it', async () => {
    await using stopping = await slow(200);
    expect(await stopping.child.exited).toEqual({ code: 0, signal: null });
    expect(await stopping.effects.countDocuments()).toBe(0);
    expect(await stopping.bench.openRows()).toBe(1);
    stopping.bench.start();
    await until(async () => (await stopping.bench.openRows()) === 0);
  });
});
