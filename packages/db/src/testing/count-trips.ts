import type { CommandStartedEvent } from 'mongodb';
import type { SaleWorld } from './sale-world.ts';

export type Trips = {
  /** Statements, and the end of each transaction. */
  readonly mongo: number;
  /** Scripts. */
  readonly redis: number;
};

const SCRIPTS = /cmdstat_evalsha:calls=(\d+)/;

/** What a piece of work asks of both servers: each command to MongoDB is a round trip, and each script to Redis. */
export const countTrips = async (world: SaleWorld, work: () => Promise<unknown>): Promise<Trips> => {
  const { client, name } = world.mongo;
  const { redis } = world.inventory;
  const scripts = async () => Number(SCRIPTS.exec(await redis.info('commandstats'))?.[1] ?? 0);
  let mongo = 0;
  const count = ({ databaseName, commandName }: CommandStartedEvent): void => {
    if (databaseName === name || commandName === 'commitTransaction') mongo += 1;
  };
  const before = await scripts();
  client.on('commandStarted', count);
  try {
    await work();
  } finally {
    client.off('commandStarted', count);
  }
  return { mongo, redis: (await scripts()) - before };
};
