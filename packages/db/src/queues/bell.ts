import { type JobName, jobs, type QueueName } from '@eventhorizon/core/jobs';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { ringJobId } from './job-id.ts';

/** A row to ring for: as `mongoUnitOfWork` hands it over after a commit, or as the relay finds it. */
export type RingRow = {
  readonly id: string;
  readonly job: string;
  readonly dueAt: Date;
  /** Tries so far; 0 for a new row. */
  readonly attempts?: number;
};

export type Bell = {
  /**
   * Tells the workers that rows are there. Returns at once and never throws: when Redis is away the ring is lost, which costs
   * time only, because the relay rings again for every due row that nobody has.
   */
  readonly ring: (rows: readonly RingRow[]) => void;
  /**
   * The same, for callers that want to know: rejects when Redis did not take the rings of a queue; those of the others were
   * given all the same. A row of a job that this process's catalogue does not have (a newer or older version of us added it) is
   * left out and told to `onError`: it must not silence the others.
   */
  readonly ringNow: (rows: readonly RingRow[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type BellOptions = {
  /** A request-path connection: with a command time-out, so that a dead Redis cannot gather rings without end. Not closed by the bell. */
  readonly redis: Redis;
  readonly onError: (error: unknown, rows: number) => void;
};

/** Rows due later than this are left to the relay: a delayed job for next spring is only one more thing to lose. */
const RING_AHEAD_MS = 3_600_000;

const isJobName = (name: string): name is JobName => Object.hasOwn(jobs, name);

/**
 * Rings through BullMQ. Jobs carry the row's id and nothing else, have one attempt (tries are counted in the row) and are
 * removed when they end, also when they fail: the id of a kept job silently swallows every later ring for the row.
 */
export const createBell = ({ redis, onError }: BellOptions): Bell => {
  const queues = new Map<QueueName, Queue>();
  const queueOf = (name: QueueName): Queue => {
    const known = queues.get(name);
    if (known !== undefined) return known;
    const queue = new Queue(name, {
      connection: redis,
      skipWaitingForReady: true,
      skipVersionCheck: true,
      skipMetasUpdate: true,
    });
    queue.on('error', (error) => onError(error, 0));
    queues.set(name, queue);
    return queue;
  };

  const ringNow = async (rows: readonly RingRow[]): Promise<void> => {
    const now = Date.now();
    const byQueue = new Map<QueueName, RingRow[]>();
    const unknown: RingRow[] = [];
    for (const row of rows) {
      if (!isJobName(row.job)) {
        unknown.push(row);
        continue;
      }
      if (row.dueAt.getTime() - now > RING_AHEAD_MS) continue;
      const { queue } = jobs[row.job];
      const sameQueue = byQueue.get(queue) ?? [];
      sameQueue.push(row);
      byQueue.set(queue, sameQueue);
    }
    if (unknown.length > 0) {
      const names = [...new Set(unknown.map(({ job }) => job))].join(', ');
      onError(
        new RangeError(`no such job in the catalogue: ${names} (row ${unknown[0]?.id} first)`),
        unknown.length,
      );
    }
    const rung = await Promise.allSettled(
      [...byQueue].map(async ([name, due]) =>
        queueOf(name).addBulk(
          due.map(({ id, job, dueAt, attempts = 0 }) => ({
            name: job,
            data: { rowId: id },
            opts: {
              jobId: ringJobId(id, attempts),
              delay: Math.max(0, dueAt.getTime() - now),
              attempts: 1,
              removeOnComplete: true,
              removeOnFail: true,
            },
          })),
        ),
      ),
    );
    for (const one of rung) if (one.status === 'rejected') throw one.reason;
  };

  return {
    ring: (rows) => {
      ringNow(rows).catch((error: unknown) => onError(error, rows.length));
    },
    ringNow,
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
};
