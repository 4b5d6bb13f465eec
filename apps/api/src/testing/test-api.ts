import { migratedDatabase } from '@eventhorizon/db/testing/migrated-database';
import type { TestDatabase } from '@eventhorizon/devstack/test-database';
import { type TestRedis, testRedis } from '@eventhorizon/devstack/test-redis';
import { type JsonLoggerOptions, jsonLogger } from '@eventhorizon/providers/system/json-logger';
import type { ApiDeps } from '../api-deps.ts';
import { createApi } from '../app.ts';
import { buildDeps } from '../deps.ts';
import type { Env } from '../env.ts';
import { createInternalApp } from '../internal-app.ts';
import { createMetrics } from '../observability/metrics.ts';
import { serve } from '../serve.ts';
import { testEnv } from './test-env.ts';

export type TestApiOptions = {
  /** A free one when absent. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Replaces parts of what was built. */
  readonly change?: (deps: ApiDeps) => Partial<ApiDeps>;
  readonly clean?: JsonLoggerOptions['clean'];
  /** Migrated, and left to the API to dispose; a new one when absent. */
  readonly database?: TestDatabase;
  /** The clock of access tokens and sessions; the real one when absent. */
  readonly now?: () => Date;
  /** Tests that take a server away bring an address of their own for it. */
  readonly mongoUri?: string;
  readonly redisUrl?: string;
};

export type TestApi = AsyncDisposable & {
  readonly url: string;
  readonly internalUrl: string;
  readonly env: Env;
  readonly deps: ApiDeps;
  readonly database: TestDatabase;
  readonly redis: TestRedis;
  /** Everything that was logged, as text. */
  readonly logs: () => string;
};

/** The whole API on free ports over its own database and its own Redis: `await using api = await testApi()`. */
export const testApi = async (options: TestApiOptions = {}): Promise<TestApi> => {
  const [database, redis] = await Promise.all([options.database ?? migratedDatabase(), testRedis()]);
  const env = testEnv({
    MONGODB_URI: options.mongoUri ?? database.uri,
    REDIS_URL: options.redisUrl ?? redis.url,
    ...options.env,
  });
  let text = '';
  const logger = jsonLogger({
    app: 'api',
    level: env.LOG_LEVEL,
    destination: {
      write: (line) => {
        text += line;
      },
    },
    ...(options.clean !== undefined && { clean: options.clean }),
  });
  const built = buildDeps(env, {
    logger,
    metrics: createMetrics({ processMetrics: false }),
    ...(options.now !== undefined && { clock: { now: options.now } }),
  });
  const deps = { ...built.deps, ...options.change?.(built.deps) };
  const api = await serve(createApi(deps), options.port ?? 0);
  const internal = await serve({ app: createInternalApp(deps) }, 0);
  return {
    url: `http://127.0.0.1:${api.port}`,
    internalUrl: `http://127.0.0.1:${internal.port}`,
    env,
    deps,
    database,
    redis,
    logs: () => text,
    [Symbol.asyncDispose]: async () => {
      deps.live.stop();
      await Promise.all([api.stop(1_000), internal.stop(1_000)]);
      await built.close();
      await Promise.all([database[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
    },
  };
};
