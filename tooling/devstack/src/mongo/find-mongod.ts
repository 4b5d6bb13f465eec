import { DryMongoBinary, MongoBinary } from 'mongodb-memory-server';
import { findOnPath } from '../process/find-on-path.ts';
import { tryRun } from '../process/run.ts';
import { step } from '../say.ts';
import type { Mongod, MongodSource } from './mongod.ts';
import { isAtLeast, OLDEST_MONGOD, parseVersion } from './order.ts';
import { canUseWine, wineMongod } from './wine-mongod.ts';

/** The version that mongodb-memory-server is asked for: the same major as compose.yaml and the fallback. */
const DOWNLOAD_VERSION = '7.0.24';
const DOWNLOAD_HOST = 'https://fastdl.mongodb.org/';
const REACH_TIMEOUT_MS = 4_000;

const native = (source: 'system' | 'download', command: string, version: string, why: string): Mongod => ({
  source,
  version,
  why,
  command,
  leadingArgs: [],
  trailingArgs: ['--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '64'],
  env: process.env,
  runAs: null,
});

/** What each source answers: a server, or why not. */
type Answer = { readonly mongod: Mongod } | { readonly reason: string };

const system = async (): Promise<Answer> => {
  const command = findOnPath('mongod');
  if (command === null) return { reason: 'no mongod on PATH' };
  const version = parseVersion((await tryRun(command, ['--version'])).stdout);
  if (version === null) return { reason: `${command} does not say its version` };
  if (!isAtLeast(version, OLDEST_MONGOD))
    return { reason: `${command} is ${version}, ${OLDEST_MONGOD} is needed` };
  return { mongod: native('system', command, version, `MongoDB ${version} from ${command}`) };
};

/** Fails fast where the host cannot be reached: mongodb-memory-server itself would try three times, for a minute each. */
const reachable = async (host: string): Promise<boolean> => {
  try {
    await fetch(host, { method: 'HEAD', signal: AbortSignal.timeout(REACH_TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
};

const download = async (): Promise<Answer> => {
  const host = process.env.MONGOMS_DOWNLOAD_MIRROR ?? DOWNLOAD_HOST;
  const found = (command: string, how: string): Answer => {
    return { mongod: native('download', command, DOWNLOAD_VERSION, `MongoDB ${DOWNLOAD_VERSION} ${how}`) };
  };
  try {
    const version = { version: DOWNLOAD_VERSION };
    const cached = await DryMongoBinary.locateBinary(version);
    if (cached !== undefined) return found(cached, "from mongodb-memory-server's cache");
    if (!(await reachable(host))) return { reason: `${host} cannot be reached` };
    const command = await step(`mongodb-memory-server downloads MongoDB ${DOWNLOAD_VERSION} (once)`, () =>
      MongoBinary.getPath(version),
    );
    return found(command, 'downloaded by mongodb-memory-server');
  } catch (error) {
    // It has no build for this platform, or the download broke off.
    return { reason: `mongodb-memory-server: ${error instanceof Error ? error.message : String(error)}` };
  }
};

const wine = async (reasons: readonly string[]): Promise<Answer> =>
  canUseWine()
    ? { mongod: await wineMongod(reasons) }
    : { reason: 'the fallback under Wine needs Debian on amd64, with wine64 installed or as root' };

const sources = { system, download, wine };

/**
 * The first mongod that can be had from these sources; its `why` says what the ones before it answered. Throws with what
 * each of them said when there is none.
 */
export const findMongod = async (order: readonly Exclude<MongodSource, 'uri'>[]): Promise<Mongod> => {
  const reasons: string[] = [];
  for (const source of order) {
    const answer = await sources[source](reasons);
    if ('mongod' in answer) {
      const because = reasons.length > 0 ? `, because: ${reasons.join('; ')}` : '';
      return { ...answer.mongod, why: `${answer.mongod.why}${because}` };
    }
    reasons.push(answer.reason);
  }
  throw new Error(
    `No MongoDB to be had.\n  ${reasons.join('\n  ')}\n` +
      `Install MongoDB ${OLDEST_MONGOD} or newer, or set MONGODB_URI to a replica set (compose.yaml has one).`,
  );
};
