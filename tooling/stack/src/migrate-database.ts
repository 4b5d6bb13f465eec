import { collections } from '@eventhorizon/db/mongo/collections';
import { type MigrationReport, migrate } from '@eventhorizon/db/mongo/migrate';
import { MongoClient } from 'mongodb';

/** Brings the database that this URI names to what this version expects: see `migrate`. */
export const migrateDatabase = async (mongoUri: string): Promise<MigrationReport> => {
  await using client = await MongoClient.connect(mongoUri);
  // Awaited here, or the client would be closed before the work is done.
  return await migrate(client.db(), collections);
};
