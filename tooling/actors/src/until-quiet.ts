import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { MongoClient } from 'mongodb';

/** Waits until the worker has done all that is due: no open row of the outbox whose time has come. */
export const untilQuiet = async (mongoUri: string): Promise<void> => {
  await using client = await MongoClient.connect(mongoUri);
  const rows = client.db().collection('outbox');
  await waitUntil(
    async () =>
      (await rows.countDocuments({ open: true, dueAt: { $lte: new Date() } })) === 0 ? true : null,
    { what: 'the outbox is done', timeoutMs: 120_000, everyMs: 250 },
  );
};
