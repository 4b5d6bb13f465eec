import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { testDatabase } from '@eventhorizon/devstack/test-database';
import { testRedis } from '@eventhorizon/devstack/test-redis';
import { expect, test } from 'vitest';
import { migrateDatabase } from '../migrate-database.ts';
import { isFreshDatabase, markSeeded } from './fresh-database.ts';

const world = async () => {
  const mongo = await testDatabase();
  const redis = await testRedis();
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-fresh-`);
  const marker = `${dir}/seed-unfinished`;
  return {
    db: mongo.db,
    marker,
    isFresh: (ownsDatabase = true) =>
      isFreshDatabase({ mongoUri: mongo.uri, redisUrl: redis.url, ownsDatabase }, marker),
    migrate: () => migrateDatabase(mongo.uri),
    addAccount: () => mongo.db.collection('users').insertOne({ username: 'ada' }),
    [Symbol.asyncDispose]: async () => {
      await redis[Symbol.asyncDispose]();
      await mongo[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

test('a database that was only migrated is still to be seeded', async () => {
  await using w = await world();
  expect((await w.migrate()).created).not.toEqual([]);
  expect(await w.isFresh()).toBe(true);
});

test('a database with anything in it is never seeded, nor is one that is somebody else’s', async () => {
  await using w = await world();
  expect(await w.isFresh(false)).toBe(false);
  await w.addAccount();
  expect(await w.isFresh()).toBe(false);
  expect(await w.db.collection('users').countDocuments()).toBe(1);
});

test('a seed that was cut off begins anew on an empty database, and one that was finished does not', async () => {
  await using w = await world();
  expect(await w.isFresh()).toBe(true);
  expect(existsSync(w.marker)).toBe(true);
  await w.addAccount();
  expect(await w.isFresh()).toBe(true);
  expect(await w.db.collection('users').countDocuments()).toBe(0);
  await w.addAccount();
  markSeeded(w.marker);
  expect(await w.isFresh()).toBe(false);
});
