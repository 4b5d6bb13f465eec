import type { Redis } from 'ioredis';
import type { Db } from 'mongodb';
import type { RoundTrips } from './scenario.ts';

/** Asked for every 2 s by each API process, whatever is measured (`follow-ended-sessions.ts`). */
const BACKGROUND = 'sessions';

const readsOf = async (redis: Redis): Promise<number> =>
  Number(/total_reads_processed:(\d+)/.exec(await redis.info('stats'))?.[1]);

/**
 * Does an operation `times` times in a row and counts, at the servers, what it took of each: Redis' reads of its sockets (a pipelined
 * burst is one) and MongoDB's statements on this database, by its profiler (the end of a transaction, which runs elsewhere, is not
 * among them). Of one operation, rounded: a background read now and then is no part of it.
 */
export const countRoundTrips = async (
  { redis, db }: { readonly redis: Redis; readonly db: Db },
  times: number,
  operation: () => Promise<unknown>,
): Promise<RoundTrips> => {
  await db.command({ profile: 2 });
  try {
    const profiled = db.collection('system.profile');
    const ours = { ns: { $nin: [`${db.databaseName}.system.profile`, `${db.databaseName}.${BACKGROUND}`] } };
    const statements = () => profiled.countDocuments(ours);
    const mongoBefore = await statements();
    const redisBefore = await readsOf(redis);
    for (let n = 0; n < times; n += 1) await operation();
    // Each look is a read of its own.
    const reads = (await readsOf(redis)) - redisBefore - 1;
    return {
      redis: Math.round(reads / times),
      mongo: Math.round(((await statements()) - mongoBefore) / times),
    };
  } finally {
    await db.command({ profile: 0 });
  }
};
