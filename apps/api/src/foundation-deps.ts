import type { Clock } from '@eventhorizon/core/shared/clock';
import { connectMongo } from '@eventhorizon/db/mongo/connect';
import { mongoOutbox } from '@eventhorizon/db/mongo/outbox';
import { mongoUnitOfWork } from '@eventhorizon/db/mongo/unit-of-work';
import { createBell } from '@eventhorizon/db/queues/bell';
import { connectForRequests } from '@eventhorizon/db/redis/connect';
import { createScriptRunner } from '@eventhorizon/db/redis/script-runner';
import { ulidIds } from '@eventhorizon/providers/system/ulid-ids';
import type { Logger } from 'pino';
import type { Env } from './env.ts';

/** What all other adapters stand on: the connections, and how work is written. Connects lazily. */
export const foundationDeps = (env: Env, logger: Logger, clock: Clock) => {
  const ids = ulidIds(clock);
  const mongo = connectMongo(env.MONGODB_URI, 'eventhorizon-api');
  const db = mongo.db();
  const redis = connectForRequests(env.REDIS_URL);
  redis.on('error', (err) => logger.warn({ err }, 'redis connection'));
  const bell = createBell({
    redis,
    onError: (err, rows) => logger.warn({ err, rows }, 'workers were not rung; the relay will'),
  });
  return {
    env,
    logger,
    clock,
    ids,
    db,
    redis,
    scripts: createScriptRunner(redis),
    unitOfWork: mongoUnitOfWork({ client: mongo, ring: bell.ring }),
    outbox: mongoOutbox(db, ids),
    close: async (): Promise<void> => {
      await bell.close();
      redis.disconnect();
      await mongo.close();
    },
  };
};

export type Foundation = ReturnType<typeof foundationDeps>;
