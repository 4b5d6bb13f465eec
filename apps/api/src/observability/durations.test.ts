import { Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { createDurations } from './durations.ts';

it('are exposed as prom-client exposes a histogram of the same observations', async () => {
  const labels = ['route', 'status'];
  const registry = new Registry();
  const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
  const theirs = new Histogram({
    name: 'took_seconds',
    help: 'Time it took',
    labelNames: labels,
    buckets,
    registers: [registry],
  });
  const ours = createDurations('took_seconds', 'Time it took', labels);
  const seen = [0, 0.001, 0.0011, 0.3, 0.3, 10, 11];
  for (const [route, status] of [
    ['/a/:id', '200'],
    ['/a/:id', '409'],
    ['with "quotes", \\ and\nlines', '200'],
  ] as const)
    for (const seconds of seen) {
      theirs.observe({ route, status }, seconds);
      ours.observe([route, status], seconds);
    }
  expect(ours.expose().trimEnd()).toBe((await registry.metrics()).trimEnd());
});
