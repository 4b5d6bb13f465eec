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
  readonly operation: () => Promise<unknown>;
};

const CEILING = { why: 'a ceiling asks no server' } as const;

/**
 * Adds to rows, by name, what we want of them and what they take of the servers. Who has no notes is a ceiling; `database` is the one that is
 * asked, ours unless said.
 */
export const withRoundTrips = async (
  world: World,
  standings: readonly Standing[],
  notes: Readonly<Record<string, Notes>>,
  database?: string,
): Promise<Row[]> => {
  await using mongo = await MongoClient.connect(world.servers.mongoUri);
  const redis = new Redis(world.servers.redisUrl);
  try {
    const rows: Row[] = [];
    for (const standing of standings) {
      const { aim, operation } = notes[standing.name] ?? {};
      const servers = { redis, db: mongo.db(database) };
      const roundTrips = operation === undefined ? CEILING : await countRoundTrips(servers, TIMES, operation);
      rows.push({ ...standing, aim, roundTrips });
    }
    return rows;
  } finally {
    redis.disconnect();
  }
};
