import './vitest-global-setup.ts';
import { randomBytes } from 'node:crypto';
import { type Db, MongoClient, type MongoClientOptions } from 'mongodb';
import { inject } from 'vitest';

export type TestDatabase = AsyncDisposable & {
  /** With the database's name in it: a client that names none uses this one. */
  readonly uri: string;
  readonly name: string;
  readonly client: MongoClient;
  readonly db: Db;
};

/** `uri` with another default database. */
const withDatabase = (uri: string, name: string): string => {
  const url = new URL(uri);
  url.pathname = `/${name}`;
  return url.href;
};

/**
 * A fresh, empty database of its own on the replica set of the run, dropped when disposed:
 * `await using t = await testDatabase()`. Only in tests of a vitest project that has the global set-up.
 */
export const testDatabase = async (
  options: MongoClientOptions = {},
  /** That of an earlier one, which was not dropped. */
  name = `${inject('databasePrefix')}${randomBytes(8).toString('hex')}`,
): Promise<TestDatabase> => {
  const uri = withDatabase(inject('mongoUri'), name);
  const client = await MongoClient.connect(uri, options);
  const db = client.db(name);
  return {
    uri,
    name,
    client,
    db,
    [Symbol.asyncDispose]: async () => {
      await db.dropDatabase();
      await client.close();
    },
  };
};
