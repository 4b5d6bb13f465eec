import { jsonLogger } from '@eventhorizon/providers/system/json-logger';
import { buildDeps } from './deps.ts';
import { readEnv } from './env.ts';
import { createFinalize } from './finalize.ts';
import { createHandlers } from './handlers.ts';
import { createInventorySchedules } from './inventory-schedules.ts';
import { createListingSchedules } from './listing-schedules.ts';
import { createMetrics } from './observability/metrics.ts';
import { serveInternal } from './observability/serve-internal.ts';
import { stopOnSignal } from './runtime/stop-on-signal.ts';
import { startWorker } from './runtime/worker.ts';
import { createWaitlistSchedules } from './waitlist-schedules.ts';

/** How long jobs under way may take to end after a stop signal. Orchestrators kill after 30 s by default. */
const STOP_DEADLINE_MS = 20_000;

const env = readEnv();
const logger = jsonLogger({ app: 'worker', level: env.LOG_LEVEL });
const deps = buildDeps(env, logger);
const metrics = createMetrics(deps.runtime.queue);
const worker = startWorker({
  ...deps.runtime,
  handlers: createHandlers(deps.handlers),
  finalize: createFinalize(deps.finalize, deps.runtime.queue, logger),
  schedules: [
    ...createInventorySchedules({ ...deps.schedules, log: logger, repaired: metrics.repaired }),
    ...createListingSchedules({ listings: deps.listings, log: logger }),
    ...createWaitlistSchedules({ waitlist: deps.waitlist, log: logger }),
  ],
  observer: metrics,
  log: logger,
  random: Math.random,
});
const internal = await serveInternal(
  { checks: { ...deps.checks, consumers: async () => worker.isRunning() }, metrics },
  env.INTERNAL_PORT,
);
logger.info({ internalPort: internal.port, environment: env.NODE_ENV }, 'working');

stopOnSignal(worker, {
  deadlineMs: STOP_DEADLINE_MS,
  log: logger,
  clean: async () => {
    await internal.stop();
    await deps[Symbol.asyncDispose]();
  },
});
// A promise nobody waits for is a bug, but no reason to drop everybody's jobs.
process.on('unhandledRejection', (err) => logger.error({ err }, 'unhandled rejection'));
