import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { expect, test } from 'vitest';
import { findMongod } from './mongo/find-mongod.ts';
import { startMongod } from './mongo/start-mongod.ts';
import { freePort } from './process/free-port.ts';
import { isAlive } from './process/with-file-lock.ts';
import { findRedis } from './redis/find-redis.ts';
import { startRedis } from './redis/start-redis.ts';

const temporaryFolder = () => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-servers-`);
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
};

test('MongoDB keeps its data over a restart, also when its old port is taken', async () => {
  using temp = temporaryFolder();
  const mongod = await findMongod(['system', 'download', 'wine']);
  const place = { dataDir: `${temp.dir}/mongo`, logFile: `${temp.dir}/mongod.log` };

  const first = await startMongod(mongod, { ...place, port: await freePort() });
  {
    await using client = await MongoClient.connect(first.uri);
    await client
      .db('kept')
      .collection('things')
      .insertOne({ n: 1 }, { writeConcern: { w: 'majority' } });
  }
  await first.stop();
  expect(isAlive(first.server.pid)).toBe(false);

  const second = await startMongod(mongod, { ...place, port: await freePort() });
  await using client = await MongoClient.connect(second.uri);
  expect(await client.db('kept').collection('things').countDocuments()).toBe(1);
  await client.close();
  await second.stop();
});

test('Redis with its append-only file keeps its data over a restart', async () => {
  using temp = temporaryFolder();
  const { command } = await findRedis();
  const place = { command, dataDir: temp.dir, logFile: `${temp.dir}/redis.log`, appendonly: true };
  const write = async () => {
    const { server, url } = await startRedis({ ...place, port: await freePort() });
    const redis = new Redis(url);
    const length = await redis.rpush('list', 'x');
    redis.disconnect();
    await server.stop();
    return length;
  };
  expect(await write()).toBe(1);
  expect(await write()).toBe(2);
});

test('a server that could not get its port is not mistaken for the one that has it', async () => {
  using temp = temporaryFolder();
  const { command } = await findRedis();
  const place = { command, logFile: `${temp.dir}/redis.log`, appendonly: false, port: await freePort() };
  const first = await startRedis({ ...place, dataDir: `${temp.dir}/a` });
  await expect(startRedis({ ...place, dataDir: `${temp.dir}/b` })).rejects.toThrow('Address already in use');
  await first.server.stop();

  const mongod = await findMongod(['system', 'download', 'wine']);
  const mongoPlace = { port: place.port, logFile: `${temp.dir}/mongod.log` };
  const theirs = await startMongod(mongod, { ...mongoPlace, dataDir: `${temp.dir}/theirs` });
  await expect(startMongod(mongod, { ...mongoPlace, dataDir: `${temp.dir}/ours` })).rejects.toThrow(
    'ended with exit code',
  );
  await theirs.stop();
});
