import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { Servers } from '@eventhorizon/devstack/servers';
import { Redis } from 'ioredis';
import { type Db, MongoClient } from 'mongodb';

/** Collections and indexes may be there (`npm run db:migrate`): it is documents that make a database one in use. */
const holdsNothing = async (db: Db): Promise<boolean> => {
  const collections = await db.listCollections({}, { nameOnly: true }).toArray();
  const firsts = await Promise.all(
    collections.map(({ name }) => db.collection(name).findOne({}, { projection: { _id: 1 } })),
  );
  return firsts.every((first) => first === null);
};

/**
 * Whether the database is ours and holds nothing, so that it may be seeded. A seed that was cut off is recognised by its
 * marker: the database that it was filling is dropped, with Redis, and the seed begins anew.
 */
export const isFreshDatabase = async (
  servers: Pick<Servers, 'mongoUri' | 'redisUrl' | 'ownsDatabase'>,
  marker: string,
): Promise<boolean> => {
  if (!servers.ownsDatabase) return false;
  await using client = await MongoClient.connect(servers.mongoUri);
  const db = client.db();
  if (existsSync(marker)) {
    await db.dropDatabase();
    const redis = new Redis(servers.redisUrl);
    await redis.flushall();
    redis.disconnect();
  }
  const isEmpty = await holdsNothing(db);
  if (isEmpty) writeFileSync(marker, 'the database that was made at this time is not seeded yet\n');
  return isEmpty;
};

/** Says that the seed is complete. */
export const markSeeded = (marker: string): void => rmSync(marker, { force: true });
