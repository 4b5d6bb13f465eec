import { MongoClient } from 'mongodb';

/**
 * A client with what all of the code relies on: majority writes and reads, and no operator that reaches a filter by accident
 * (filters are built from zod-parsed scalars only). Connects lazily; fails a call after 5 s without a server.
 */
export const connectMongo = (uri: string, appName: string): MongoClient =>
  new MongoClient(uri, {
    appName,
    writeConcern: { w: 'majority' },
    readConcern: { level: 'majority' },
    serverSelectionTimeoutMS: 5_000,
    maxPoolSize: 50,
    ignoreUndefined: false,
  });
