import { QUEUES } from '@eventhorizon/core/jobs';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JobObserver } from '../runtime/observer.ts';
import type { WorkQueue } from '../runtime/ports.ts';

export type Metrics = JobObserver & {
  readonly repaired: (marked: number, freed: number) => void;
  readonly expose: () => Promise<{ contentType: string; body: string }>;
};

/** What Prometheus reads. The gauges ask the outbox when they are read, so that every worker says the same. */
export const createMetrics = (queue: Pick<WorkQueue, 'listDue' | 'countFailed'>): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const jobs = new Counter({
    name: 'worker_jobs_total',
    help: 'Rows of the outbox that were run, by job and outcome',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'worker_job_seconds',
    help: 'How long running a row (or the batch it was part of) took',
    labelNames: ['job'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  });
  const repairs = new Counter({
    name: 'worker_reconciled_units_total',
    help: 'Units that Redis had wrong and the reconciler repaired',
    labelNames: ['change'],
    registers,
  });
  new Gauge({
    name: 'worker_outbox_lag_seconds',
    help: 'For how long the oldest due row that nobody has has been due, by queue',
    labelNames: ['queue'],
    registers,
    async collect() {
      for (const name of QUEUES) {
        const [oldest] = await queue.listDue(name, 1);
        this.set({ queue: name }, oldest === undefined ? 0 : (Date.now() - oldest.dueAt.getTime()) / 1_000);
      }
    },
  });
  new Gauge({
    name: 'worker_outbox_failed_rows',
    help: 'Rows that were given up and wait for a person',
    registers,
    async collect() {
      this.set(await queue.countFailed());
    },
  });
  return {
    finished: (job, outcome, took) => {
      jobs.inc({ job, outcome });
      seconds.observe({ job }, took);
    },
    repaired: (marked, freed) => {
      repairs.inc({ change: 'mark' }, marked);
      repairs.inc({ change: 'free' }, freed);
    },
    expose: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
};
