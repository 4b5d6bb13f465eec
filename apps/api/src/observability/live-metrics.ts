import { Counter, Gauge, type Registry } from 'prom-client';
import type { LiveCounts } from '../live/ports.ts';

/** What live streams are doing. `live_encoded_total{kind="delta"}` equals `live_deltas_total`: each is encoded once, whoever listens. */
export const liveMetrics = (registry: Registry): LiveCounts => {
  const registers = [registry];
  const listeners = new Gauge({ name: 'live_listeners', help: 'Open live streams', registers });
  const pace = new Gauge({
    name: 'live_pace_ms',
    help: 'Time between two deltas of the event that is told of least often',
    registers,
  });
  const deltas = new Counter({ name: 'live_deltas_total', help: 'Deltas made', registers });
  const encoded = new Counter({
    name: 'live_encoded_total',
    help: 'Messages turned into bytes, by kind',
    labelNames: ['kind'] as const,
    registers,
  });
  const delivered = new Counter({
    name: 'live_delivered_total',
    help: 'Messages given to listeners, by kind',
    labelNames: ['kind'] as const,
    registers,
  });
  const slow = new Counter({
    name: 'live_slow_total',
    help: 'Listeners that fell behind, or were cut off for it',
    labelNames: ['outcome'] as const,
    registers,
  });
  const refused = new Counter({
    name: 'live_refused_total',
    help: 'Listeners refused over a limit',
    labelNames: ['scope'] as const,
    registers,
  });
  return {
    listeners: (by) => listeners.inc(by),
    encoded: (kind) => encoded.inc({ kind }),
    delta: () => deltas.inc(),
    delivered: (kind, count) => delivered.inc({ kind }, count),
    slow: (outcome) => slow.inc({ outcome }),
    refused: (scope) => refused.inc({ scope }),
    pace: (ms) => pace.set(ms),
  };
};
