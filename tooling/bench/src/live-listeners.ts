import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { newHoldId } from '@eventhorizon/actors/new-hold-id';
import { openSale } from '@eventhorizon/actors/open-sale';
import { type Client, createClient } from '@eventhorizon/client/create-client';
import type { Arrivals, CrowdMessage, CrowdOrder } from './live-crowd-messages.ts';
import { nearestRank } from './measure.ts';
import { sampleOf } from './sample-of.ts';

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

export type LiveMeasurement = {
  readonly name: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly outcomes: Readonly<Record<string, number>>;
};

const seatMap = (): string =>
  [
    'section,row,seat,category,x,y,accessible',
    ...Array.from({ length: ROWS * SEATS_A_ROW }, (_, n) => {
      const [row, seat] = [Math.floor(n / SEATS_A_ROW), n % SEATS_A_ROW];
      return `Stalls,${row + 1},${seat + 1},Front,${seat * 10},${row * 10},false`;
    }),
  ].join('\n');

const crowdFile = fileURLToPath(new URL('./commands/live-crowd.ts', import.meta.url));

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
 * arrival of its delta, waiting for the pace included. `encodes per delta` has to be 1.
 */
export const liveListeners = async (where: {
  readonly apiUrl: string;
  /** Where the API's metrics are. */
  readonly internalUrl: string;
}): Promise<LiveMeasurement[]> => {
  const sample = () => sampleOf(where.internalUrl);
  const { eventId } = await openSale(where.apiUrl, {
    seatMap: { format: 'csv', content: seatMap() },
    standing: 0,
    prices: { Front: 4_500 },
    event: { maxPerPerson: 1_000 },
  });
  const visitors = await Promise.all(
    Array.from({ length: VISITORS }, async () => {
      const client = createClient({ url: where.apiUrl });
      await client.becomeVisitor();
      return client;
    }),
  );
  const alone = await sample();
  const order: CrowdOrder = {
    port: Number(new URL(where.apiUrl).port),
    path: `/api/v1/events/${eventId}/live`,
    listeners: LISTENERS,
    addresses: ADDRESSES,
  };
  const crowd = fork(crowdFile, [JSON.stringify(order)], { execArgv: ['--import', 'tsx'] });
  try {
    const { opened } = await heard(crowd, 'ready');
    const before = await sample();
    const acknowledged = await makeChanges(visitors, eventId);
    await pause(LAST_DELTA_MS);
    const after = await sample();
    crowd.send('report');
    const { deltas, lost } = await heard(crowd, 'report');
    const delays = delaysOf(acknowledged, deltas);
    const more = (metric: string): number => (after.get(metric) ?? 0) - (before.get(metric) ?? 0);
    const made = more('live_deltas_total');
    const bytes =
      (before.get('process_resident_memory_bytes') ?? 0) - (alone.get('process_resident_memory_bytes') ?? 0);
    return [
      {
        name: 'live: deltas to listeners',
        perSecond: deltas.reduce((sum, { at }) => sum + at.length, 0) / (FOR_MS / 1_000),
        p50: nearestRank(delays, 0.5),
        p99: nearestRank(delays, 0.99),
        outcomes: {
          listeners: opened,
          lost,
          changes: acknowledged.length,
          deltas: made,
          'encodes per delta': more('live_encoded_total{kind="delta"}') / made,
          'pace ms': after.get('live_pace_ms') ?? 0,
          'CPU % of a core': Math.round(
            (more('process_cpu_seconds_total') / ((FOR_MS + LAST_DELTA_MS) / 1_000)) * 100,
          ),
          'KiB per listener': Math.round(bytes / 1_024 / opened),
        },
      },
    ];
  } finally {
    crowd.kill('SIGKILL');
  }
};
