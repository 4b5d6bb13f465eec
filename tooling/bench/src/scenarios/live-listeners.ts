import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import { openSale } from '@eventhorizon/actors/open-sale';
import { type Client, createClient } from '@eventhorizon/client/create-client';
import type { Arrivals, CrowdMessage, CrowdOrder } from '../live-crowd-messages.ts';
import { sampleOf } from '../sample-of.ts';
import type { Scenario } from '../scenario.ts';
import { nearestRank } from '../statistics.ts';

const LISTENERS = 5_000;
const ADDRESSES = 50;
const ROWS = 100;
const SEATS_A_ROW = 100;
/** Changes a second, and for how long. */
const RATE = 20;
const FOR_MS = 15_000;
/** The slowest pace, and something for the last delta to arrive. */
const LAST_DELTA_MS = 3_000;
const VISITORS = 40;
const OPEN_WITHIN_MS = 90_000;

const seatMap = (): string =>
  [
    'section,row,seat,category,x,y,accessible',
    ...Array.from({ length: ROWS * SEATS_A_ROW }, (_, n) => {
      const [row, seat] = [Math.floor(n / SEATS_A_ROW), n % SEATS_A_ROW];
      return `Stalls,${row + 1},${seat + 1},Front,${seat * 10},${row * 10},false`;
    }),
  ].join('\n');

const crowdFile = fileURLToPath(new URL('../commands/live-crowd.ts', import.meta.url));

/** The next message of this kind; rejects when the crowd dies or takes too long. */
const heard = async <K extends CrowdMessage['kind']>(crowd: ChildProcess, kind: K) => {
  const [message] = (await Promise.race([
    once(crowd, 'message', { signal: AbortSignal.timeout(OPEN_WITHIN_MS) }),
    once(crowd, 'exit').then(([code]) => Promise.reject(new Error(`the crowd ended with ${code}`))),
  ])) as [CrowdMessage];
  if (message.kind !== kind) throw new Error(`the crowd said ${message.kind}, not ${kind}`);
  return message as Extract<CrowdMessage, { kind: K }>;
};

/** Two more units held each time, at a steady rate. Gives when each change was acknowledged, in order. */
const makeChanges = async (visitors: readonly Client[], eventId: string): Promise<number[]> => {
  const acknowledged: number[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < (RATE * FOR_MS) / 1_000; n += 1) {
    await pause(Math.max(0, startedAt + (n * 1_000) / RATE - performance.now()));
    const selections = [{ kind: 'best' as const, priceCategory: 'Front', quantity: 2 }];
    await visitors[n % visitors.length]?.api.holds.place.mutate({ eventId, holdId: newHoldId(), selections });
    acknowledged.push(performance.timeOrigin + performance.now());
  }
  return acknowledged;
};

/** For every change and listener: from the acknowledgement to the delta that has it. */
const delaysOf = (acknowledged: readonly number[], deltas: readonly Arrivals[]): number[] => {
  const inOrder = [...deltas].sort((a, b) => a.held - b.held);
  return acknowledged.flatMap((at, n) => {
    const first = inOrder.find(({ held }) => held >= 2 * (n + 1));
    return first === undefined ? [] : first.at.map((arrived) => Math.max(0, arrived - at));
  });
};

/**
 * 5,000 listeners of one event of 10,000 seats on one API process, and 20 holds a second. The delay is from the answer to a hold to the
 * arrival of its delta, waiting for the pace included; the CPU time is of the API for one delta at one listener. `encodes per delta`
 * has to be 1.
 */
export const liveListeners: Scenario = {
  name: 'live',
  title: 'live seats',
  run: async (world) => {
    const sample = () => sampleOf(world.apiInternalUrl);
    const { eventId } = await openSale(world.apiUrl, {
      seatMap: { format: 'csv', content: seatMap() },
      standing: 0,
      prices: { Front: 4_500 },
      event: { maxPerPerson: 1_000 },
    });
    const clients = world.visitors
      .slice(0, VISITORS)
      .map((visitorToken) => createClient({ url: world.apiUrl, visitorToken }));
    const alone = await sample();
    const order: CrowdOrder = {
      port: world.apiPort,
      path: `/api/v1/events/${eventId}/live`,
      listeners: LISTENERS,
      addresses: ADDRESSES,
    };
    const crowd = fork(crowdFile, [JSON.stringify(order)], { execArgv: ['--import', 'tsx'] });
    try {
      const { opened } = await heard(crowd, 'ready');
      const before = await sample();
      const acknowledged = await makeChanges(clients, eventId);
      await pause(LAST_DELTA_MS);
      const after = await sample();
      crowd.send('report');
      const { deltas, lost } = await heard(crowd, 'report');
      const delays = delaysOf(acknowledged, deltas);
      const delivered = deltas.reduce((sum, { at }) => sum + at.length, 0);
      const more = (metric: string): number => (after.get(metric) ?? 0) - (before.get(metric) ?? 0);
      const rss = (samples: typeof before): number => samples.get('process_resident_memory_bytes') ?? 0;
      const made = more('live_deltas_total');
      return [
        {
          name: `deltas to ${LISTENERS} listeners`,
          against: null,
          perSecond: delivered / (FOR_MS / 1_000),
          p50: nearestRank(delays, 0.5),
          p99: nearestRank(delays, 0.99),
          cpuMicros: (more('process_cpu_seconds_total') * 1e6) / delivered,
          ratio: null,
          cpuRatio: null,
          roundTrips: { why: 'a delta is one read of the copy, however many listen' },
          answers: {
            listeners: opened,
            lost,
            changes: acknowledged.length,
            deltas: made,
            'encodes per delta': more('live_encoded_total{kind="delta"}') / made,
            'pace ms': after.get('live_pace_ms') ?? 0,
            'KiB per listener': Math.round((rss(before) - rss(alone)) / 1_024 / opened),
          },
        },
      ];
    } finally {
      crowd.kill('SIGKILL');
    }
  },
};
