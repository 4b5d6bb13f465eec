import { mkdirSync } from 'node:fs';
import { findMongod } from './mongo/find-mongod.ts';
import { mongodOrder } from './mongo/order.ts';
import { startMongod } from './mongo/start-mongod.ts';
import { freePort, isPortFree } from './process/free-port.ts';
import type { Guarded } from './process/guarded.ts';
import { findRedis } from './redis/find-redis.ts';
import { startRedis } from './redis/start-redis.ts';
import { say, step } from './say.ts';

/** Ports beside the usual ones, so that a server of yours on 27017 or 6379 is not in the way. */
const MONGO_PORT = 27_117;
const REDIS_PORT = 6_390;
const DATABASE = 'eventhorizon';

export type Servers = {
  /** With the database's name in it. */
  readonly mongoUri: string;
  readonly redisUrl: string;
  /** Whether MongoDB runs on data of ours, which may be seeded and, when half seeded, dropped. */
  readonly ownsDatabase: boolean;
  /** What was started here, by name; servers given by MONGODB_URI or REDIS_URL are not in it. */
  readonly started: ReadonlyMap<string, Guarded>;
  readonly stop: () => Promise<void>;
};

/** Starts on the preferred port, or on a free one when that is taken, also when somebody takes it in this very moment. */
const onPortLike = async <T>(preferred: number, start: (port: number) => Promise<T>): Promise<T> => {
  if (await isPortFree(preferred)) {
    try {
      return await start(preferred);
    } catch (error) {
      if (await isPortFree(preferred)) throw error;
    }
  }
  return start(await freePort());
};

const withDatabase = (uri: string): string => {
  const url = new URL(uri);
  if (url.pathname === '' || url.pathname === '/') url.pathname = `/${DATABASE}`;
  return url.href;
};

/** Which servers are given, and where MongoDB shall come from. */
export type ServerEnv = {
  readonly MONGODB_URI?: string | undefined;
  readonly REDIS_URL?: string | undefined;
  readonly DEVSTACK_MONGOD?: string | undefined;
};

const mongo = async (dataDir: string, env: ServerEnv) => {
  const order = mongodOrder(env);
  if (order[0] === 'uri') {
    say('MongoDB: the one MONGODB_URI names');
    return { uri: env.MONGODB_URI ?? '', running: null };
  }
  const mongod = await findMongod(order.filter((source) => source !== 'uri'));
  say(`MongoDB: ${mongod.why}`);
  const place = { dataDir: `${dataDir}/mongo`, logFile: `${dataDir}/logs/mongod.log` };
  const running = await step('starting MongoDB', () =>
    onPortLike(MONGO_PORT, (port) => startMongod(mongod, { ...place, port })),
  );
  return { uri: running.uri, running };
};

const redis = async (dataDir: string, env: ServerEnv) => {
  const given = env.REDIS_URL ?? '';
  if (given !== '') {
    say('Redis: the one REDIS_URL names');
    return { url: given, running: null };
  }
  const { command, why } = await findRedis();
  say(`Redis: ${why}`);
  const place = { dataDir: `${dataDir}/redis`, logFile: `${dataDir}/logs/redis.log`, appendonly: true };
  const running = await step('starting Redis', () =>
    onPortLike(REDIS_PORT, (port) => startRedis({ ...place, command, port })),
  );
  return { url: running.url, running };
};

/**
 * Finds or starts MongoDB (a replica set) and Redis (append-only file, noeviction) with their data below `dataDir`, which
 * a later start finds again. MONGODB_URI and REDIS_URL in `env` name servers to be used instead. What is started here ends with this process, however that ends.
 */
export const startServers = async (dataDir: string, env: ServerEnv = process.env): Promise<Servers> => {
  mkdirSync(`${dataDir}/logs`, { recursive: true });
  const theMongo = await mongo(dataDir, env);
  const stopMongo = async () => theMongo.running?.stop();
  try {
    const theRedis = await redis(dataDir, env);
    const started = new Map<string, Guarded>();
    if (theMongo.running !== null) started.set('MongoDB', theMongo.running.server);
    if (theRedis.running !== null) started.set('Redis', theRedis.running.server);
    return {
      mongoUri: withDatabase(theMongo.uri),
      redisUrl: theRedis.url,
      ownsDatabase: theMongo.running !== null,
      started,
      stop: async () => {
        await theRedis.running?.server.stop();
        await stopMongo();
      },
    };
  } catch (error) {
    await stopMongo();
    throw error;
  }
};
