import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { MongoClient } from 'mongodb';
import { type Guarded, startGuarded } from '../process/guarded.ts';
import { tryRun } from '../process/run.ts';
import { waitUntil } from '../process/wait-until.ts';
import { say } from '../say.ts';
import type { Mongod } from './mongod.ts';

const REPLICA_SET = 'rs0';
const START_TIMEOUT_MS = 60_000;

/** Where clients connect. The driver's own server discovery finds the primary by the replica set's name. */
export const mongoUri = (port: number): string => `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}`;

/** A connection to one server whatever its role, for setting it up and shutting it down. */
export const directClient = (port: number): MongoClient =>
  new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, { serverSelectionTimeoutMS: 1_000 });

/**
 * Null until the server with this data answers on the port: when ours could not listen there, another one may answer, and ours
 * is about to end. With a client of its own each time, because one whose first connection failed stays closed.
 */
const answersWith = async (port: number, dataDir: string): Promise<true | null> => {
  await using client = directClient(port);
  const { parsed } = await client.db('admin').command({ getCmdLineOpts: 1 });
  return parsed?.storage?.dbPath === dataDir ? true : null;
};

/**
 * A process that is killed inside a transaction leaves it open on the server, and its documents locked, for this long (60 s by
 * default): nobody could finish a booking whose worker died in the middle of it. Our transactions end within 2 s.
 */
const TRANSACTION_LIFETIME_S = 5;

/**
 * A dropped collection's files stay open for as long as somebody might read the past (300 s by default). Tests make and drop hundreds of
 * databases a run, and the server died of too many open files. Nothing here reads further back than a transaction lasts.
 */
const SNAPSHOT_HISTORY_S = 5;

export const mongodArgs = (mongod: Mongod, port: number, dataDir: string): string[] => [
  ...mongod.leadingArgs,
  ...['--port', String(port), '--bind_ip', '127.0.0.1'],
  ...['--dbpath', dataDir, '--replSet', REPLICA_SET],
  ...['--setParameter', `transactionLifetimeLimitSeconds=${TRANSACTION_LIFETIME_S}`],
  ...['--setParameter', `minSnapshotHistoryWindowInSeconds=${SNAPSHOT_HISTORY_S}`],
  ...mongod.trailingArgs,
];

/**
 * Makes `wanted` a folder that the server's user can write. Its parent is opened for passing through (a temporary folder is
 * its owner's alone). Where the user cannot even reach that (a checkout below /root), a folder in the user's home stands in
 * for it, the same one every time.
 */
export const ownDataDir = async (mongod: Mongod, wanted: string): Promise<string> => {
  mkdirSync(wanted, { recursive: true });
  const { runAs } = mongod;
  if (runAs === null || process.getuid?.() !== 0) return wanted;
  const own = (dir: string): string => {
    for (const name of ['.', ...readdirSync(dir, { recursive: true })]) {
      chownSync(`${dir}/${String(name)}`, runAs.uid, runAs.gid);
    }
    return dir;
  };
  const isWritable = async (): Promise<boolean> =>
    (await tryRun('test', ['-w', wanted], { uid: runAs.uid, gid: runAs.gid, cwd: '/' })).code === 0;
  own(wanted);
  if (await isWritable()) return wanted;
  const parent = dirname(wanted);
  chmodSync(parent, statSync(parent).mode | 0o001);
  if (await isWritable()) return wanted;
  const standIn = `${runAs.home}/data/${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`;
  mkdirSync(standIn, { recursive: true });
  say(`MongoDB's user cannot reach ${wanted}; its data is in ${standIn}`);
  return own(standIn);
};

/**
 * Makes the server a one-node replica set and waits until it takes writes. Data that was written under another port is
 * adopted: the member's address is corrected.
 */
export const becomePrimary = async (
  port: number,
  dataDir: string,
  failed: () => string | null,
): Promise<void> => {
  const host = `127.0.0.1:${port}`;
  const config = { _id: REPLICA_SET, members: [{ _id: 0, host }] };
  const waiting = { timeoutMs: START_TIMEOUT_MS, failed };
  await waitUntil(() => answersWith(port, dataDir), { ...waiting, what: `mongod on port ${port} answers` });
  await using client = directClient(port);
  const admin = client.db('admin');
  const existing = await admin.command({ replSetGetConfig: 1 }).catch(() => null);
  if (existing === null) {
    await admin.command({ replSetInitiate: config });
  } else if (existing.config.members[0]?.host !== host) {
    await admin.command({
      replSetReconfig: { ...existing.config, ...config, version: existing.config.version + 1 },
      force: true,
    });
  }
  await waitUntil(
    async () => ((await admin.command({ hello: 1 })).isWritablePrimary === true ? true : null),
    {
      ...waiting,
      what: `mongod on port ${port} becomes primary`,
    },
  );
};

/** Asks for a clean shutdown. The server drops the connection instead of answering. */
export const requestShutdown = async (port: number): Promise<void> => {
  await using client = directClient(port);
  await client
    .db('admin')
    .command({ shutdown: 1, force: true })
    .catch(() => undefined);
};

export type RunningMongod = {
  readonly uri: string;
  readonly port: number;
  readonly server: Guarded;
  readonly stop: () => Promise<void>;
};

/** Starts a one-node replica set that cannot outlive this process. Resolves when it takes writes. */
export const startMongod = async (
  mongod: Mongod,
  place: { readonly port: number; readonly dataDir: string; readonly logFile: string },
): Promise<RunningMongod> => {
  const dataDir = await ownDataDir(mongod, place.dataDir);
  const server = await startGuarded({
    command: mongod.command,
    args: mongodArgs(mongod, place.port, dataDir),
    cwd: dataDir,
    logFile: place.logFile,
    env: mongod.env,
    ...(mongod.runAs === null ? {} : { uid: mongod.runAs.uid, gid: mongod.runAs.gid }),
  });
  try {
    await becomePrimary(place.port, dataDir, server.failure);
  } catch (error) {
    await server.stop(0);
    throw error;
  }
  return {
    uri: mongoUri(place.port),
    port: place.port,
    server,
    stop: async () => {
      await requestShutdown(place.port);
      await server.stop();
    },
  };
};
