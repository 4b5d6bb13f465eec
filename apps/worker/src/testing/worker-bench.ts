import type { JobPayload } from '@eventhorizon/core/jobs';
import { migrate } from '@eventhorizon/db/mongo/migrate';
import {
  mongoOutbox,
  mongoOutboxQueue,
  type OutboxRow,
  outboxCollection,
} from '@eventhorizon/db/mongo/outbox';
import type { AddedRow } from '@eventhorizon/db/mongo/transaction';
import { mongoUnitOfWork } from '@eventhorizon/db/mongo/unit-of-work';
import { newId } from '@eventhorizon/db/testing/new-id';
import { type TestDatabase, testDatabase } from '@eventhorizon/devstack/test-database';
import { type TestRedis, testRedis } from '@eventhorizon/devstack/test-redis';
import type { HandlerRegistry } from '../runtime/handler.ts';
import type { WorkQueue } from '../runtime/ports.ts';
import { type RunningWorker, startWorker, type WorkerDeps } from '../runtime/worker.ts';
import { runtimeDeps } from '../runtime-deps.ts';
import { type KeptLog, keptLog } from './kept-log.ts';
import { testHandlers } from './test-handlers.ts';

export type Bench = AsyncDisposable & {
  readonly mongo: TestDatabase;
  readonly redis: TestRedis;
  readonly queue: WorkQueue;
  readonly log: KeptLog;
  /** Adds rows of `inventory.follow_event`, by default without ringing for them, and returns their ids. */
  readonly addRows: (
    count: number,
    options?: { job?: TestJob; dueAt?: Date; ring?: boolean },
  ) => Promise<string[]>;
  /** Starts a worker of its own connections in this process. */
  readonly start: (
    handlers?: Partial<HandlerRegistry>,
    others?: Partial<Omit<WorkerDeps, 'handlers'>>,
  ) => RunningWorker;
  readonly openRows: () => Promise<number>;
  /** The row of a test that has one. */
  readonly findRow: () => Promise<OutboxRow | null>;
  readonly flushRedis: () => Promise<void>;
  /** Redis answers nothing, as when its host is gone. */
  readonly pauseRedis: () => void;
  readonly resumeRedis: () => void;
};

type TestJob = 'inventory.follow_event' | 'booking.finalize';

/** A database and a Redis with nothing in them but an outbox, and workers on them that are stopped in the end. */
export const workerBench = async (): Promise<Bench> => {
  // Node 20 has no AsyncDisposableStack.
  const cleanUps: (() => PromiseLike<unknown>)[] = [];
  const use = <T extends AsyncDisposable>(resource: T): T => {
    cleanUps.unshift(() => resource[Symbol.asyncDispose]());
    return resource;
  };
  const mongo = use(await testDatabase());
  const redis = use(await testRedis());
  await migrate(mongo.db, [outboxCollection]);
  const log = keptLog();
  const runtime = use(runtimeDeps(mongo.db, redis.url, log));
  const rows = mongo.db.collection<OutboxRow>(outboxCollection.name);
  const outbox = mongoOutbox(mongo.db, { next: newId });
  const payloads = (job: TestJob): JobPayload<TestJob> =>
    job === 'booking.finalize' ? { bookingId: newId('bkg'), money: null } : { eventId: newId('evt') };
  return {
    mongo,
    redis,
    log,
    queue: mongoOutboxQueue(mongo.db),
    addRows: async (count, { job = 'inventory.follow_event', dueAt = new Date(), ring = false } = {}) => {
      const added: AddedRow[] = [];
      const unitOfWork = mongoUnitOfWork({ client: mongo.client, ring: (rows) => void added.push(...rows) });
      await unitOfWork.run((tx) =>
        outbox.add(
          tx,
          // The payload belongs to the job by construction; the union of both cannot say so.
          Array.from({ length: count }, () => ({ job, payload: payloads(job), dueAt }) as never),
        ),
      );
      if (ring) await runtime.bell.ringNow(added.map((row) => ({ ...row, job, attempts: 0 })));
      return added.map((row) => row.id);
    },
    start: (handlers = {}, others = {}) => {
      const own = runtimeDeps(mongo.db, redis.url, log);
      const worker = startWorker({
        ...own,
        handlers: testHandlers(handlers),
        finalize: async (items) => new Map(items.map(({ row }) => [row._id, { result: 'done' }])),
        schedules: [],
        observer: { finished: () => undefined },
        log,
        random: Math.random,
        ...others,
      });
      let stopped: Promise<{ givenBack: number }> | null = null;
      const stop = (deadlineMs: number) => {
        stopped ??= worker.stop(deadlineMs);
        return stopped;
      };
      cleanUps.unshift(async () => {
        await stop(1_000);
        await own[Symbol.asyncDispose]();
      });
      return { ...worker, stop };
    },
    openRows: () => rows.countDocuments({ open: true }),
    findRow: () => rows.findOne({}),
    flushRedis: async () => {
      await runtime.redis.flushall();
    },
    pauseRedis: () => void process.kill(redis.pid, 'SIGSTOP'),
    resumeRedis: () => void process.kill(redis.pid, 'SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      for (const cleanUp of cleanUps) await cleanUp();
    },
  };
};
