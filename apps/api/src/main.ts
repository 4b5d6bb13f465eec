import { jsonLogger } from '@eventhorizon/providers/system/json-logger';
import { createApi } from './app.ts';
import { buildDeps } from './deps.ts';
import { readEnv } from './env.ts';
import { createInternalApp } from './internal-app.ts';
import { createMetrics } from './observability/metrics.ts';
import { serve } from './serve.ts';

/** How long requests under way may take to end after a stop signal. Orchestrators kill after 30 s by default. */
const STOP_DEADLINE_MS = 20_000;

const env = readEnv();
const logger = jsonLogger({ app: 'api', level: env.LOG_LEVEL });
const { deps, close } = buildDeps(env, { logger, metrics: createMetrics({ processMetrics: true }) });
const internal = await serve({ app: createInternalApp(deps) }, env.INTERNAL_PORT);
const api = await serve(createApi(deps), env.PORT);
logger.info({ port: api.port, internalPort: internal.port, environment: env.NODE_ENV }, 'listening');

let stopping = false;
const stop = async (signal: string): Promise<void> => {
  if (stopping) return;
  stopping = true;
  logger.info({ signal }, 'stopping');
  // Streams never end by themselves; their listeners connect to another process.
  deps.live.stop();
  await api.stop(STOP_DEADLINE_MS);
  await close();
  await internal.stop(1_000);
  logger.info('stopped');
};
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    stop(signal).catch((err: unknown) => {
      logger.fatal({ err }, 'stopping failed');
      process.exit(1);
    });
  });
// A promise nobody waits for is a bug, but no reason to drop everybody's requests.
process.on('unhandledRejection', (err) => logger.error({ err }, 'unhandled rejection'));
