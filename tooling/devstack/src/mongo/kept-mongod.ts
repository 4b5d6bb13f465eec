import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dataDir } from '../paths.ts';
import { freePort } from '../process/free-port.ts';
import { waitUntil } from '../process/wait-until.ts';
import { isAlive, withFileLock } from '../process/with-file-lock.ts';
import type { Mongod } from './mongod.ts';
import {
  becomePrimary,
  directClient,
  mongodArgs,
  mongoUri,
  ownDataDir,
  requestShutdown,
} from './start-mongod.ts';

const folder = `${dataDir}/test`;
const stateFile = `${folder}/mongod.json`;

type Kept = { readonly pid: number; readonly port: number };

const readState = (): Kept | null => {
  if (!existsSync(stateFile)) return null;
  const { pid, port } = JSON.parse(readFileSync(stateFile, 'utf8'));
  return typeof pid === 'number' && typeof port === 'number' ? { pid, port } : null;
};

const isHealthy = async ({ pid, port }: Kept): Promise<boolean> => {
  if (!isAlive(pid)) return false;
  await using client = directClient(port);
  const hello = await client
    .db('admin')
    .command({ hello: 1 })
    .catch(() => null);
  return hello?.isWritablePrimary === true;
};

/** The checkout's kept test server, when one runs and takes writes; else null. */
export const findKeptMongod = async (): Promise<string | null> => {
  const kept = readState();
  return kept !== null && (await isHealthy(kept)) ? mongoUri(kept.port) : null;
};

const launch = async (mongod: Mongod): Promise<Kept> => {
  const port = await freePort();
  const dbPath = await ownDataDir(mongod, `${folder}/mongo`);
  const log = openSync(`${folder}/mongod.log`, 'w');
  const child = spawn(mongod.command, mongodArgs(mongod, port, dbPath), {
    cwd: dbPath,
    env: mongod.env,
    detached: true,
    stdio: ['ignore', log, log],
    ...(mongod.runAs === null ? {} : { uid: mongod.runAs.uid, gid: mongod.runAs.gid }),
  });
  closeSync(log);
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.unref();
  if (child.pid === undefined) throw new Error(`${mongod.command} could not be started`);
  writeFileSync(stateFile, JSON.stringify({ pid: child.pid, port }));
  try {
    await becomePrimary(port, dbPath, () => (ended ? `ended; see ${folder}/mongod.log` : null));
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return { pid: child.pid, port };
};

/** Finds or starts the server that stays after the run (DEVSTACK_KEEP=1), one for all runs of this checkout. */
export const keptMongod = async (find: () => Promise<Mongod>): Promise<string> => {
  mkdirSync(folder, { recursive: true });
  return withFileLock(`${folder}/lock`, 600_000, async () => {
    const running = await findKeptMongod();
    if (running !== null) return running;
    rmSync(`${folder}/mongo`, { recursive: true, force: true });
    return mongoUri((await launch(await find())).port);
  });
};

/** Ends the kept server; false when none ran. */
export const stopKeptMongod = async (): Promise<boolean> => {
  const kept = readState();
  if (kept === null || !isAlive(kept.pid)) return false;
  await requestShutdown(kept.port);
  await waitUntil(async () => (isAlive(kept.pid) ? null : true), {
    what: 'the kept mongod ends',
    timeoutMs: 20_000,
  });
  rmSync(stateFile, { force: true });
  return true;
};
