import { buildDeps } from './deps.ts';
import { readEnv } from './env.ts';
import { createFinalize } from './finalize.ts';
import { createHandlers } from './handlers.ts';
import { createLogger } from './observability/logger.ts';
import { createMetrics } from './observability/metrics.ts';
import { serveInternal } from './observability/serve-internal.ts';
import { startWorker } from './runtime/worker.ts';
import { createSchedules } from './schedules.ts';

/** How long jobs under way may take to end after a stop signal. Orchestrators kill after 30 s by default. */
const STOP_DEADLINE_MS = 20_000;

const env = readEnv();
const logger = createLogger({ level: env.LOG_LEVEL });
const deps = buildDeps(env, logger);
const metrics = createMetrics(deps.runtime.queue);
const worker = startWorker({
  ...deps.runtime,
  handlers: createHandlers(deps.handlers),
  finalize: createFinalize(deps.finalize, deps.runtime.queue, logger),
  schedules: createSchedules({ ...deps.schedules, log: logger, repaired: metrics.repaired }),
  observer: metrics,
  log: logger,
  random: Math.random,
});
const internal = await serveInternal(
  { checks: { ...deps.checks, consumers: async () => worker.isRunning() }, metrics },
  env.INTERNAL_PORT,
);
logger.info({ internalPort: internal.port, environment: env.NODE_ENV }, 'working');

let stopping = false;
const stop = async (signal: string): Promise<void> => {
  if (stopping) return;
  stopping = true;
  logger.info({ signal }, 'stopping');
  const { givenBack } = await worker.stop(STOP_DEADLINE_MS);
  await internal.stop();
  await deps[Symbol.asyncDispose]();
  logger.info({ givenBack }, 'stopped');
  // What was given back is still running here and must not go on beside the worker that has it now.
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    stop(signal).catch((err: unknown) => {
      logger.fatal({ err }, 'stopping failed');
      process.exit(1);
    });
  });
// A promise nobody waits for is a bug, but no reason to drop everybody's jobs.
process.on('unhandledRejection', (err) => logger.error({ err }, 'unhandled rejection'));
