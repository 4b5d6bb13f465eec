import { MONGOD_SOURCES, type MongodSource } from './mongod.ts';

/** Older ones lack what the aggregations and transactions here rely on. */
export const OLDEST_MONGOD = 7;

/**
 * The sources to try, in order. `DEVSTACK_MONGOD` forces one; naming `uri` without a MONGODB_URI is a mistake and throws.
 */
export const mongodOrder = (env: {
  readonly MONGODB_URI?: string | undefined;
  readonly DEVSTACK_MONGOD?: string | undefined;
}): MongodSource[] => {
  const forced = env.DEVSTACK_MONGOD ?? '';
  const hasUri = (env.MONGODB_URI ?? '') !== '';
  if (forced !== '') {
    const source = MONGOD_SOURCES.find((known) => known === forced);
    if (source === undefined) {
      throw new Error(`DEVSTACK_MONGOD=${forced} is none of ${MONGOD_SOURCES.join(', ')}`);
    }
    if (source === 'uri' && !hasUri) throw new Error('DEVSTACK_MONGOD=uri needs MONGODB_URI');
    return [source];
  }
  return hasUri ? ['uri'] : ['system', 'download', 'wine'];
};

/** `7.0.15` out of what `mongod --version` or `redis-server --version` prints; null when there is no version in it. */
export const parseVersion = (printed: string): string | null =>
  /(?:^|[^\d.])v=?(\d+\.\d+\.\d+)/m.exec(printed)?.[1] ?? null;

/** Whether a version is at least `major.minor`. */
export const isAtLeast = (version: string, major: number, minor = 0): boolean => {
  const [haveMajor = 0, haveMinor = 0] = version.split('.').map(Number);
  return haveMajor > major || (haveMajor === major && haveMinor >= minor);
};
