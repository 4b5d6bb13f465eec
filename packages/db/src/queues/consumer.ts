import type { QueueName } from '@eventhorizon/core/jobs';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { z } from 'zod';

export type Consumer = {
  /** Takes no more rings; resolves when the running ones have ended. */
  readonly stop: () => Promise<void>;
  /** Lets go at once; what runs is left to the caller. */
  readonly abandon: () => Promise<void>;
  readonly isRunning: () => boolean;
};

export type ConsumerOptions = {
  readonly queue: QueueName;
  /** A connection for work: no command time-out, retries without end. BullMQ makes itself a second one of it to block on. */
  readonly redis: Redis;
  readonly concurrency: number;
  /** What to do for a row. Its outcome is written to the row, so whatever it throws is only reported. */
  readonly handle: (rowId: string) => Promise<void>;
  readonly onError: (error: unknown) => void;
};

/**
 * A killed worker's job is found again after lockDuration + stalledInterval: 60 s with BullMQ's defaults, 10 s with these.
 * A job that stalls twice is failed for good by default; tries are counted in the row, so it may stall often.
 */
const LOCK_MS = 5_000;
const MAX_STALLED = 100;

const ringSchema = z.object({ rowId: z.string() });

/** Listens for rings of one queue. */
export const createConsumer = ({ queue, redis, concurrency, handle, onError }: ConsumerOptions): Consumer => {
  const worker = new Worker(queue, async ({ data }) => handle(ringSchema.parse(data).rowId), {
    connection: redis,
    concurrency,
    lockDuration: LOCK_MS,
    stalledInterval: LOCK_MS,
    maxStalledCount: MAX_STALLED,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  worker.on('error', onError);
  worker.on('failed', (_job, error) => onError(error));
  return {
    stop: () => worker.close(),
    abandon: () => worker.close(true),
    isRunning: () => worker.isRunning(),
  };
};
