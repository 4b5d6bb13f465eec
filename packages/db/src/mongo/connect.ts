import { MongoClient, type MongoClientOptions } from 'mongodb';

/**
 * A server that is connected and says nothing for this long is given up on; the driver would wait for ever. Far above any query of
 * ours. Not `timeoutMS`: since driver 7.8 it has no effect (its type declarations say so).
 */
const SOCKET_TIMEOUT_MS = 10_000;

/**
 * A client with what all of the code relies on: majority writes and reads, and no operator that reaches a filter by accident
 * (filters are built from zod-parsed scalars only). Connects lazily; fails a call after 5 s without a server,
 * and when a server does not answer within 10 s. `others`: for tests of just that.
 */
export const connectMongo = (uri: string, appName: string, others: MongoClientOptions = {}): MongoClient =>
  new MongoClient(uri, {
    appName,
    writeConcern: { w: 'majority' },
    readConcern: { level: 'majority' },
    serverSelectionTimeoutMS: 5_000,
    maxPoolSize: 50,
    socketTimeoutMS: SOCKET_TIMEOUT_MS,
    ignoreUndefined: false,
    ...others,
  });
