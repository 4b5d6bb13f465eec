import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import type { LiveCounts } from '../live/ports.ts';
import { createDurations } from './durations.ts';
import { liveMetrics } from './live-metrics.ts';

export type Metrics = {
  /** `route` is the template (`/api/v1/events/:eventId/holds`), never the address: labels stay few. */
  readonly observeRequest: (method: string, route: string, status: number, seconds: number) => void;
  /** `outcome`: `ok`, a code of the error catalogue, or `internal`. */
  readonly observeProcedure: (procedure: string, outcome: string, seconds: number) => void;
  readonly countWebhook: (outcome: 'accepted' | 'refused' | 'failed') => void;
  readonly live: LiveCounts;
  /** The text format of Prometheus. */
  readonly expose: () => Promise<{ contentType: string; body: string }>;
};

export type MetricsOptions = {
  /** Memory, CPU, event loop lag of the process. Once per process: off in tests, which make many. */
  readonly processMetrics: boolean;
};

/** A registry of its own, so that several apps in one process do not meet. */
export const createMetrics = ({ processMetrics }: MetricsOptions): Metrics => {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const requests = createDurations('http_request_duration_seconds', 'Time to answer, by route template', [
    'method',
    'route',
    'status',
  ]);
  const procedures = createDurations(
    'procedure_duration_seconds',
    'Time of a procedure by what came of it, over tRPC and plain routes alike',
    ['procedure', 'outcome'],
  );
  const holds = new Counter({
    name: 'holds_total',
    help: 'Attempts to place a hold, by what came of it',
    labelNames: ['outcome'] as const,
    registers: [registry],
  });
  const checkouts = new Counter({
    name: 'checkouts_total',
    help: 'Attempts to check out, by what came of it',
    labelNames: ['outcome'] as const,
    registers: [registry],
  });
  const webhooks = new Counter({
    name: 'webhooks_total',
    help: 'Deliveries of the payment provider, by what came of them',
    labelNames: ['outcome'] as const,
    registers: [registry],
  });
  return {
    observeRequest: (method, route, status, seconds) =>
      requests.observe([method, route, String(status)], seconds),
    observeProcedure: (procedure, outcome, seconds) => {
      procedures.observe([procedure, outcome], seconds);
      if (procedure === 'holds.place') holds.inc({ outcome });
      if (procedure === 'bookings.checkout') checkouts.inc({ outcome });
    },
    countWebhook: (outcome) => webhooks.inc({ outcome }),
    live: liveMetrics(registry),
    expose: async () => ({
      contentType: registry.contentType,
      body: [await registry.metrics(), requests.expose(), procedures.expose()].join('\n'),
    }),
  };
};
