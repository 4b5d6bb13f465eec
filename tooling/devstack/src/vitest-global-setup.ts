import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { TestProject } from 'vitest/node';
import { type TestMongo, testMongo } from './mongo/test-mongo.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    mongoUri: string;
    /** Of all databases of this run. */
    databasePrefix: string;
  }
}

/** Several vitest projects name this file and each loads its own copy; the run shares one server across them. */
const shared = globalThis as { eventhorizonTestMongo?: SharedServer };

type SharedServer = { readonly server: Promise<TestMongo>; readonly databasePrefix: string; users: number };

/** Finds or starts the replica set of the run and tells the tests its URI by `inject('mongoUri')`. */
export const setup = async (project: TestProject): Promise<void> => {
  shared.eventhorizonTestMongo ??= {
    server: testMongo(),
    databasePrefix: `test_${randomBytes(4).toString('hex')}_`,
    users: 0,
  };
  const mongo = shared.eventhorizonTestMongo;
  mongo.users += 1;
  project.provide('mongoUri', (await mongo.server).uri);
  project.provide('databasePrefix', mongo.databasePrefix);
};

export const teardown = async (): Promise<void> => {
  const mongo = shared.eventhorizonTestMongo;
  if (mongo === undefined) return;
  mongo.users -= 1;
  if (mongo.users > 0) return;
  delete shared.eventhorizonTestMongo;
  const server = await mongo.server;
  await dropDatabases(server.uri, mongo.databasePrefix);
  await server[Symbol.asyncDispose]();
};

/** What tests kept for one another, and what those left that were killed. */
const dropDatabases = async (uri: string, prefix: string): Promise<void> => {
  const client = await MongoClient.connect(uri);
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  for (const { name } of databases) if (name.startsWith(prefix)) await client.db(name).dropDatabase();
  await client.close();
};
