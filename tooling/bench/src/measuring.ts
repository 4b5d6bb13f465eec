import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import type { Standing } from './contest.ts';
import { countRoundTrips } from './round-trips.ts';
import type { Aim, Row } from './scenario.ts';
import type { World } from './world.ts';

/** As the issue has it. */
export const CONNECTIONS = 50;

export const TURNS = { rounds: 5, sliceMs: 700 } as const;

const TIMES = 20;

type Notes = {
  readonly aim?: Aim;
  /** Done some times more, one after the other, to count its round trips. */
  readonly operation?: () => Promise<unknown>;
};

/** Adds to rows, by name, what we want of them and what they take of the servers. */
export const withRoundTrips = async (
  world: World,
  standings: readonly Standing[],
  notes: Readonly<Record<string, Notes>>,
): Promise<Row[]> => {
  await using mongo = await MongoClient.connect(world.servers.mongoUri);
  const redis = new Redis(world.servers.redisUrl);
  try {
    const rows: Row[] = [];
    for (const standing of standings) {
      const { aim, operation } = notes[standing.name] ?? {};
      const roundTrips =
        operation === undefined
          ? undefined
          : await countRoundTrips({ redis, db: mongo.db() }, TIMES, operation);
      rows.push({ ...standing, aim, roundTrips });
    }
    return rows;
  } finally {
    redis.disconnect();
  }
};
