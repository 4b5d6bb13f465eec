import { type TestDatabase, testDatabase } from '@eventhorizon/devstack/test-database';
import type { CommandStartedEvent, Db } from 'mongodb';
import { collections } from '../mongo/collections.ts';
import { migrate } from '../mongo/migrate.ts';

/** What changes what a database is made of, so that it cannot be handed to another test. */
const REBUILDING = new Set(['create', 'createIndexes', 'dropIndexes', 'drop', 'dropDatabase', 'collMod']);

/** Names of emptied databases. Of the process, so that its test files share them. */
const shelf = globalThis as { eventhorizonMigrated?: string[] };

/**
 * An empty database with all collections and their indexes, nobody else's until it is disposed. Making indexes is most of what a small test
 * costs, so it is emptied afterwards and used again, unless the test has changed what it is made of.
 */
export const migratedDatabase = async (): Promise<TestDatabase> => {
  shelf.eventhorizonMigrated ??= [];
  const names = shelf.eventhorizonMigrated;
  const used = names.pop();
  const database = await testDatabase({ monitorCommands: true }, used);
  const { client, db, name } = database;
  // Side by side: waiting for the disk is most of it.
  if (used === undefined) await Promise.all(collections.map((each) => migrate(db, [each])));

  let rebuilt = false;
  client.on('commandStarted', ({ commandName, databaseName }: CommandStartedEvent) => {
    if (databaseName === name && REBUILDING.has(commandName)) rebuilt = true;
  });
  return {
    ...database,
    [Symbol.asyncDispose]: async () => {
      if (rebuilt) return await database[Symbol.asyncDispose]();
      await empty(db);
      await client.close();
      names.push(name);
    },
  };
};

const known = new Set(collections.map(({ name }) => name));

const empty = async (db: Db): Promise<void> => {
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    if (known.has(name)) await db.collection(name).deleteMany({}, { writeConcern: { w: 1 } });
    else await db.dropCollection(name);
  }
  // A majority write waits for all before it: who reads with majority sees none of the old documents.
  await db.collection('outbox').deleteMany({}, { writeConcern: { w: 'majority' } });
};
