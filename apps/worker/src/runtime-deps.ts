import { mongoOutboxQueue } from '@eventhorizon/db/mongo/outbox';
import { type Bell, createBell } from '@eventhorizon/db/queues/bell';
import { createConsumer } from '@eventhorizon/db/queues/consumer';
import { redisScheduleLease } from '@eventhorizon/db/queues/schedule-lease';
import { connectForRequests, connectForWork } from '@eventhorizon/db/redis/connect';
import { messageOf } from './runtime/decide.ts';
import type { Listen, Log, ScheduleLease, WorkQueue } from './runtime/ports.ts';

/** What `startWorker` needs of Mongo and Redis. */
export type RuntimeDeps = AsyncDisposable & {
  readonly queue: WorkQueue;
  readonly bell: Bell;
  readonly listen: Listen;
  readonly lease: ScheduleLease;
  /** The request-path connection, for whatever else the process asks of Redis. */
  readonly redis: ReturnType<typeof connectForRequests>;
};

/** The runtime's adapters. Disposing closes the connections that were made here, not Mongo's. */
export const runtimeDeps = (
  db: Parameters<typeof mongoOutboxQueue>[0],
  redisUrl: string,
  log: Log,
): RuntimeDeps => {
  const redis = connectForRequests(redisUrl);
  const forWork = connectForWork(redisUrl);
  const report = (what: string) => (error: unknown) =>
    log.warn({ reason: messageOf(error) }, `${what}: Redis does not answer; work goes on when it is back`);
  redis.on('error', report('redis'));
  forWork.on('error', report('redis for work'));
  const bell = createBell({
    redis,
    onError: (error) => log.warn({ reason: messageOf(error) }, 'bell: not rung; the relay tries again'),
  });
  return {
    queue: mongoOutboxQueue(db),
    bell,
    listen: (queue, concurrency, handle) =>
      createConsumer({ queue, redis: forWork, concurrency, handle, onError: report(`consumer of ${queue}`) }),
    lease: redisScheduleLease(redis),
    redis,
    [Symbol.asyncDispose]: async () => {
      await bell.close();
      redis.disconnect();
      forWork.disconnect();
    },
  };
};
