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
  return { mongod: native('system', command, version, `MongoDB ${version} from ${command} (found on PATH)`) };
};

const reachable = async (): Promise<boolean> => {
  try {
    await fetch(DOWNLOAD_HOST, { method: 'HEAD', signal: AbortSignal.timeout(REACH_TIMEOUT_MS) });
    return true;
  } catch {
    return false;
  }
};

const download = async (): Promise<Answer> => {
  const cached = await DryMongoBinary.locateBinary(
    DryMongoBinary.getEnsuredOptions({ version: DOWNLOAD_VERSION }),
  );
  if (cached !== undefined) {
    const why = `MongoDB ${DOWNLOAD_VERSION} from mongodb-memory-server's cache`;
    return { mongod: native('download', cached, DOWNLOAD_VERSION, why) };
  }
  if (!(await reachable())) return { reason: `${DOWNLOAD_HOST} cannot be reached` };
  try {
    const command = await step(`mongodb-memory-server downloads MongoDB ${DOWNLOAD_VERSION} (once)`, () =>
      MongoBinary.getPath({ version: DOWNLOAD_VERSION }),
    );
    const why = `MongoDB ${DOWNLOAD_VERSION} downloaded by mongodb-memory-server`;
    return { mongod: native('download', command, DOWNLOAD_VERSION, why) };
  } catch (error) {
    return { reason: `mongodb-memory-server: ${error instanceof Error ? error.message : String(error)}` };
  }
};

const wine = async (): Promise<Answer> =>
  canUseWine()
    ? { mongod: await wineMongod() }
    : { reason: 'the fallback under Wine needs Debian on amd64, with wine64 installed or as root' };

const sources = { system, download, wine };

/** The first mongod that can be had from these sources; throws with what each of them said when there is none. */
export const findMongod = async (order: readonly Exclude<MongodSource, 'uri'>[]): Promise<Mongod> => {
  const reasons: string[] = [];
  for (const source of order) {
    const answer = await sources[source]();
    if ('mongod' in answer) return answer.mongod;
    reasons.push(`${source}: ${answer.reason}`);
  }
  throw new Error(
    `No MongoDB to be had.\n  ${reasons.join('\n  ')}\n` +
      `Install MongoDB ${OLDEST_MONGOD} or newer, or set MONGODB_URI to a replica set (compose.yaml has one).`,
  );
};
