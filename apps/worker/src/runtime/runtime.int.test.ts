import { done, retryLater } from '@eventhorizon/core/flows/job-result';
import { describe, expect, test } from 'vitest';
import { until } from '../testing/until.ts';
import { workerBench } from '../testing/worker-bench.ts';

import type { WorkRow } from './ports.ts';

describe('a row', () => {
  test('is run by its ring and finished', async () => {
    await using bench = await workerBench();
    const seen: string[] = [];
    bench.start({
      'inventory.follow_event': async (_payload, { rowId }) => {
        seen.push(rowId);
        return done;
      },
    });
    const ids = await bench.addRows(20, { ring: true });
    await until(async () => (await bench.openRows()) === 0);
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  test('whose handler crashes is tried again until it works', async () => {
    await using bench = await workerBench();
    let tries = 0;
    bench.start({
      'inventory.follow_event': async () => {
        tries += 1;
        if (tries < 3) throw new Error('the connection broke');
        return done;
      },
    });
    await bench.addRows(1, { ring: true });
    await until(async () => (await bench.openRows()) === 0);
    expect(tries).toBe(3);
  });

  test('that can never work is kept as failed, closed, with the reason', async () => {
    await using bench = await workerBench();
    bench.start({
      'inventory.follow_event': async () => ({ result: 'give_up', reason: 'there is no such event' }),
    });
    await bench.addRows(1, { ring: true });
    await until(async () => (await bench.openRows()) === 0);
    expect(await bench.queue.countFailed()).toBe(1);
    // The row is closed first, then told of.
    await until(async () =>
      bench.log.lines.some(({ level, message }) => level === 'error' && /given up/.test(message)),
    );
  });

  test('that is not there any more, or never was, is left alone', async () => {
    await using bench = await workerBench();
    const ran: string[] = [];
    bench.start({
      'inventory.follow_event': async (_payload, { rowId }) => {
        ran.push(rowId);
        return done;
      },
    });
    const [gone] = await bench.addRows(1, { ring: true });
    await until(async () => (await bench.openRows()) === 0);
    const finished = await bench.queue.take(String(gone), 1_000);
    expect(finished).toBeNull();
    expect(ran).toEqual([gone]);
  });
});

/** A row that another version of us has added, for a job of its own; due before all others. */
const addUnknownRow = async (bench: Awaited<ReturnType<typeof workerBench>>): Promise<string> => {
  const row = {
    _id: 'out_of_tomorrow',
    job: 'inventory.teleport',
    queue: 'inventory',
    payload: {},
    open: true,
    dueAt: new Date(0),
    leaseToken: null,
    leaseUntil: null,
    attempts: 0,
    lastError: null,
    failedAt: null,
    createdAt: new Date(0),
  };
  await bench.mongo.db.collection<typeof row>('outbox').insertOne(row);
  return row._id;
};

describe('a row of a job that this worker does not know', () => {
  test('does not keep the relay from ringing for the others', async () => {
    await using bench = await workerBench();
    await addUnknownRow(bench);
    await bench.addRows(3);
    bench.start();
    await until(async () => (await bench.openRows()) === 1);
    expect(await bench.findRow()).toMatchObject({ job: 'inventory.teleport', attempts: 0 });
    expect(bench.log.lines.some(({ fields }) => JSON.stringify(fields).includes('inventory.teleport'))).toBe(
      true,
    );
  });
  test('is left open, without a try used up, when its ring comes here', async () => {
    await using bench = await workerBench();
    const id = await addUnknownRow(bench);
    bench.start(
      {},
      {
        settings: { relayEveryMs: 3_600_000 },
        listen: (name, _concurrency, handle) => {
          if (name === 'inventory') void handle(id);
          return { stop: async () => undefined, abandon: async () => undefined, isRunning: () => true };
        },
      },
    );
    await until(async () => (await bench.findRow())?.waits === 1);
    expect(await bench.findRow()).toMatchObject({ open: true, leaseToken: null, attempts: 1 });
  });
});

test('a handler that waits for a bank uses up no tries; one that crashes does', async () => {
  await using bench = await workerBench();
  const tries: number[] = [];
  bench.start({
    'inventory.follow_event': async (_payload, { attempts }) => {
      tries.push(attempts);
      if (attempts <= 2) return retryLater('the bank is still deciding', 0);
      if (attempts === 3) throw new Error('the connection broke');
      return done;
    },
  });
  await bench.addRows(1, { ring: true });
  await until(async () => (await bench.openRows()) === 0);
  expect(tries).toEqual([1, 2, 3, 4]);
  expect(await bench.findRow()).toMatchObject({ attempts: 4, waits: 2 });
});

const ringFiveTimes = async (without: 'lease' | null): Promise<number> => {
  await using bench = await workerBench();
  let runs = 0;
  const [id] = await bench.addRows(1);
  if (id === undefined) throw new Error('no row was added');
  const broken: Partial<typeof bench.queue> = {
    // A queue that hands a row to whoever asks: what the lease forbids.
    take: async (rowId): Promise<WorkRow> => ({
      _id: rowId,
      job: 'inventory.follow_event',
      payload: { eventId: 'evt_01h455vb4pex5vsknk084sn02q' },
      attempts: 1,
      leaseToken: 'nobody checks',
    }),
    complete: async () => undefined,
  };
  const queue = without === 'lease' ? { ...bench.queue, ...broken } : bench.queue;
  const handlers = {
    'inventory.follow_event': async () => {
      runs += 1;
      return done;
    },
  };
  const idle = { relayEveryMs: 3_600_000 };
  const ended: string[] = [];
  const worker = bench.start(handlers, {
    queue,
    settings: idle,
    listen: (name, _concurrency, handle) => {
      if (name === 'inventory')
        void Promise.all(Array.from({ length: 5 }, () => handle(id))).then(() => ended.push(name));
      return { stop: async () => undefined, abandon: async () => undefined, isRunning: () => true };
    },
  });
  await until(() => ended.length === 1);
  await worker.stop(1_000);
  return runs;
};

describe('a row that is rung for five times at once', () => {
  test('runs once', async () => {
    expect(await ringFiveTimes(null)).toBe(1);
  });
  test('twin: without the lease it runs more often', async () => {
    expect(await ringFiveTimes('lease')).toBe(5);
  });
});

/** A handler that outlives two leases, and a second worker waiting for the row. Returns how often the row was begun. */
const outliveTheLease = async (renewing: boolean): Promise<number> => {
  await using bench = await workerBench();
  let begun = 0;
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const handlers = {
    'inventory.follow_event': async () => {
      begun += 1;
      await held;
      return done;
    },
  };
  const settings = { leaseMs: 2_500, relayEveryMs: 100 };
  // Without renewal: the worker believes that it keeps the lease, and does nothing for it.
  const queue = renewing ? bench.queue : { ...bench.queue, renew: async () => true };
  bench.start(handlers, { queue, settings });
  await bench.addRows(1, { ring: true });
  await until(() => begun === 1);
  const leaseUntil = async () => (await bench.findRow())?.leaseUntil?.getTime() ?? 0;
  const first = await leaseUntil();
  bench.start(handlers, { settings });
  await until(async () => begun > 1 || (await leaseUntil()) > first + 2 * settings.leaseMs);
  const times = begun;
  release();
  await until(async () => (await bench.openRows()) === 0);
  return times;
};

describe('a handler that takes longer than a lease', () => {
  test('keeps its row, because the lease is renewed', async () => {
    expect(await outliveTheLease(true)).toBe(1);
  });
  test('twin: without renewal another worker begins the row as well', async () => {
    expect(await outliveTheLease(false)).toBeGreaterThan(1);
  });
});

test('a worker that lost its lease does not finish the row: the other one does', async () => {
  await using bench = await workerBench();
  const outcomes: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const aborted: boolean[] = [];
  bench.start(
    {
      'inventory.follow_event': async (_payload, { attempts, signal }) => {
        if (attempts === 1) await held;
        aborted.push(signal.aborted);
        return done;
      },
    },
    {
      observer: { finished: (_job, outcome) => void outcomes.push(outcome) },
      settings: { relayEveryMs: 50, leaseMs: 900 },
    },
  );
  const [id] = await bench.addRows(1, { ring: true });
  await until(
    async () =>
      (
        await bench.mongo.db
          .collection<{ _id: string; attempts: number }>('outbox')
          .findOne({ _id: String(id) })
      )?.attempts === 1,
  );
  // What a long pause of this process looks like from outside: the lease ran out.
  await bench.mongo.db
    .collection<{ _id: string }>('outbox')
    .updateOne({ _id: String(id) }, { $set: { leaseToken: 'nobody', leaseUntil: new Date(0) } });
  await until(async () => (await bench.openRows()) === 0);
  release();
  await until(() => outcomes.length === 2);
  expect(outcomes.toSorted()).toEqual(['done', 'lost']);
});

const flushall = async (relay: boolean): Promise<{ done: number; left: number }> => {
  await using bench = await workerBench();
  let ran = 0;
  // 200 rows are queued before anybody listens; then Redis loses everything.
  await bench.addRows(200, { ring: true });
  await bench.flushRedis();
  bench.start(
    {
      'inventory.follow_event': async () => {
        ran += 1;
        return done;
      },
    },
    // Without the relay: a queue in which it never finds anything.
    relay ? {} : { queue: { ...bench.queue, listDue: async () => [] } },
  );
  // A row rung for afterwards, and gone, shows that the worker is up and has looked at everything there is.
  await bench.addRows(1, { ring: true });
  await until(async () => (await bench.openRows()) <= (relay ? 0 : 200));
  return { done: ran, left: await bench.openRows() };
};

describe('FLUSHALL with 200 rows queued', () => {
  test('loses none of them: the relay rings again', async () => {
    expect(await flushall(true)).toEqual({ done: 201, left: 0 });
  });
  test('twin: without the relay they are lost', async () => {
    expect(await flushall(false)).toEqual({ done: 1, left: 200 });
  });
});

test('rows that become due while Redis is down are run when it is back', async () => {
  await using bench = await workerBench();
  let ran = 0;
  bench.start({
    'inventory.follow_event': async () => {
      ran += 1;
      return done;
    },
  });
  await bench.addRows(1, { ring: true });
  await until(() => ran === 1);
  bench.pauseRedis();
  await bench.addRows(10);
  await until(() =>
    bench.log.lines.some(({ fields }) => 'schedule' in fields && fields.schedule === 'relay'),
  );
  bench.resumeRedis();
  await until(async () => (await bench.openRows()) === 0);
  expect(ran).toBe(11);
});

test('bookings to finalize are drained many at a time, each row once', async () => {
  await using bench = await workerBench();
  await bench.addRows(250, { job: 'booking.finalize' });
  const batches: number[] = [];
  const seen = new Set<string>();
  bench.start(
    {},
    {
      finalize: async (items) => {
        batches.push(items.length);
        for (const { row } of items) seen.add(row._id);
        return new Map(items.map(({ row }) => [row._id, { result: 'done' }]));
      },
    },
  );
  await until(async () => (await bench.openRows()) === 0);
  expect(batches.slice(0, 2)).toEqual([100, 100]);
  expect(batches.reduce((a, b) => a + b, 0)).toBe(250);
  expect(seen.size).toBe(250);
});

test('a worker that stops finishes what it began and takes nothing more', async () => {
  await using bench = await workerBench();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const begun: string[] = [];
  const ended: string[] = [];
  const worker = bench.start(
    {
      'event.publish': async () => done,
      'inventory.follow_event': async (_payload, { rowId }) => {
        begun.push(rowId);
        await held;
        ended.push(rowId);
        return done;
      },
    },
    {
      settings: {
        concurrency: {
          inventory: 3,
          finalize: 1,
          payments: 1,
          notifications: 1,
          events: 1,
          imports: 1,
          waitlist: 1,
        },
      },
    },
  );
  await bench.addRows(10, { ring: true });
  await until(() => begun.length === 3);
  const stopping = worker.stop(30_000);
  release();
  expect(await stopping).toEqual({ givenBack: 0 });
  expect(ended).toHaveLength(3);
  expect(await bench.openRows()).toBe(7);
});

test('what a stopping worker cannot finish in time goes to another worker at once', async () => {
  await using bench = await workerBench();
  let begun = 0;
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const worker = bench.start(
    {
      'inventory.follow_event': async () => {
        begun += 1;
        await held;
        return done;
      },
    },
    // A lease so long that only giving it back explains the rest.
    { settings: { leaseMs: 3_600_000 } },
  );
  await bench.addRows(1, { ring: true });
  await until(() => begun === 1);
  expect(await worker.stop(100)).toEqual({ givenBack: 1 });
  bench.start();
  await until(async () => (await bench.openRows()) === 0);
  release();
});
