import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { LiveCounts } from '../live/ports.ts';
import { liveMetrics } from './live-metrics.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

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
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route template',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers: [registry],
  });
  const procedures = new Histogram({
    name: 'procedure_duration_seconds',
    help: 'Time of a procedure by what came of it, over tRPC and plain routes alike',
    labelNames: ['procedure', 'outcome'] as const,
    buckets: SECONDS,
    registers: [registry],
  });
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
      requests.observe({ method, route, status: String(status) }, seconds),
    observeProcedure: (procedure, outcome, seconds) => {
      procedures.observe({ procedure, outcome }, seconds);
      if (procedure === 'holds.place') holds.inc({ outcome });
      if (procedure === 'bookings.checkout') checkouts.inc({ outcome });
    },
    countWebhook: (outcome) => webhooks.inc({ outcome }),
    live: liveMetrics(registry),
    expose: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
};
