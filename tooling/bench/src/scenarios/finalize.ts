import { openSale } from '@eventhorizon/actors/open-sale';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { checkOutOne, newBuyer } from '../buyers.ts';
import type { CpuMeter } from '../cpu-meter.ts';
import { inFlight } from '../load/in-flight.ts';
import type { Row, Scenario } from '../scenario.ts';
import type { World } from '../world.ts';

const BOOKINGS = 200;
const LANES = 10;

type Run = { readonly seconds: number; readonly cpuSeconds: number };

/** From the first that is done until the last: a start is no part of a rate. */
const timed = async (
  what: string,
  total: number,
  cpu: CpuMeter,
  done: () => Promise<number>,
): Promise<Run> => {
  const waiting = { what, timeoutMs: 120_000, everyMs: 20 };
  const first = await waitUntil(async () => ((await done()) > 0 ? performance.now() : null), waiting);
  const before = await cpu();
  const counted = await done();
  await waitUntil(async () => ((await done()) >= total ? true : null), waiting);
  const share = total / Math.max(1, total - counted);
  const seconds = (performance.now() - first) / 1_000;
  return { seconds, cpuSeconds: ((await cpu()) - before) * share };
};

const rowOf = (name: string, { seconds, cpuSeconds }: Run, total: number, ceiling: Run | null): Row => ({
  name,
  against: ceiling === null ? null : 'BullMQ no-op jobs',
  perSecond: total / seconds,
  p50: null,
  p99: null,
  notTimed: 'all wait from the beginning and are worked off together, so one has no time of its own',
  roundTrips: {
    why:
      ceiling === null
        ? 'BullMQ’s own'
        : 'the worker’s looks for work would be among them; counted in packages/db/src/flows/round-trips.int.test.ts',
  },
  cpuMicros: (cpuSeconds * 1e6) / total,
  ratio: ceiling === null ? null : ceiling.seconds / seconds,
  cpuRatio: ceiling === null ? null : ceiling.cpuSeconds / cpuSeconds,
  answers: { done: total },
});

const noopRun = async (world: World): Promise<Run> => {
  const connection = new Redis(world.servers.redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue('ceiling', { connection });
  try {
    const options = { removeOnComplete: true, removeOnFail: true };
    await queue.addBulk(Array.from({ length: BOOKINGS }, () => ({ name: 'noop', data: {}, opts: options })));
    const begun = performance.now();
    const before = await world.ceilings.cpu();
    await world.ceilings.runJobs();
    const all = async () => ((await world.ceilings.jobsDone()) >= BOOKINGS ? true : null);
    await waitUntil(all, { what: 'the jobs that do nothing are done', timeoutMs: 60_000, everyMs: 2 });
    return {
      seconds: (performance.now() - begun) / 1_000,
      cpuSeconds: (await world.ceilings.cpu()) - before,
    };
  } finally {
    await queue.close();
    connection.disconnect();
  }
};

/** Bookings that wait for a worker, then a worker: claims, tickets, letters and all. */
export const finalize: Scenario = {
  name: 'finalize',
  title: 'confirm bookings that wait',
  run: async (world) => {
    const sale = await openSale(world.apiUrl, {
      seatMap: null,
      standing: 2 * BOOKINGS,
      prices: { floor: 0 },
      event: { maxPerBooking: 1, maxPerPerson: 1_000 },
    });
    const buyer = await newBuyer(world.apiUrl);
    let left = BOOKINGS;
    await inFlight(LANES, Number.POSITIVE_INFINITY, async () => {
      left -= 1;
      if (left < 0) return null;
      await checkOutOne(buyer, sale);
      return 'booked';
    });
    const ceiling = await noopRun(world);
    await using client = await MongoClient.connect(world.servers.mongoUri);
    const bookings = client.db().collection('bookings');
    const worker = await world.startWorker();
    const own = await timed('bookings are confirmed', BOOKINGS, worker.cpu, () =>
      bookings.countDocuments({ eventId: sale.eventId, status: 'confirmed' }),
    );
    return [
      rowOf('BullMQ no-op jobs', ceiling, BOOKINGS, null),
      rowOf('bookings confirmed', own, BOOKINGS, ceiling),
    ];
  },
};
