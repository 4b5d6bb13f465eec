import { connectMongo } from '@eventhorizon/db/mongo/connect';
import { type RuntimeDeps, runtimeDeps } from '../../runtime-deps.ts';
import { keptLog } from '../kept-log.ts';

export type ChildDeps = {
  readonly runtime: RuntimeDeps;
  /** The effect of a test's job: how often a row was done. */
  readonly countEffect: (rowId: string) => Promise<void>;
};

/** What a worker in a process of its own needs, on the test's database and Redis. */
export const childDeps = (mongoUri: string, redisUrl: string): ChildDeps => {
  const db = connectMongo(mongoUri, 'eventhorizon-test-child').db();
  return {
    runtime: runtimeDeps(db, redisUrl, keptLog()),
    countEffect: async (rowId) => {
      await db
        .collection<{ _id: string }>('effects')
        .updateOne({ _id: rowId }, { $set: {} }, { upsert: true });
    },
  };
};
