import { dataDir } from '@eventhorizon/devstack/paths';
import { singleInstance } from '@eventhorizon/devstack/process/single-instance';
import { say } from '@eventhorizon/devstack/say';
import { startServers } from '@eventhorizon/devstack/servers';
import { migrateDatabase } from '../migrate-database.ts';

const migrateAndTell = async (uri: string): Promise<void> => {
  const { created, indexes, undeclared, filled } = await migrateDatabase(uri);
  say(`migrated: ${created.length} collections are new, ${indexes.length} indexes are in place`);
  for (const [field, count] of Object.entries(filled))
    say(`filled in ${field} of ${count} documents of an older version`);
  if (undeclared.length > 0)
    say(
      `no query of this version uses ${undeclared.join(', ')}: drop them once no process of an older version runs, for each costs every write`,
    );
};

/** Migrates the database that MONGODB_URI names, else the local one in .data (started for it). */
export const main = async (): Promise<number> => {
  const given = process.env.MONGODB_URI ?? '';
  if (given !== '') {
    await migrateAndTell(given);
    return 0;
  }
  using _lock = singleInstance(`${dataDir}/start.lock`, 'EventHorizon');
  const servers = await startServers(dataDir);
  try {
    await migrateAndTell(servers.mongoUri);
  } finally {
    await servers.stop();
  }
  return 0;
};
