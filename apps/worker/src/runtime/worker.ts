import { QUEUES, type QueueName } from '@eventhorizon/core/jobs';
import { messageOf } from './decide.ts';
import { type BatchHandler, type DrainDeps, drainBatch } from './drain-batch.ts';
import type { HandlerRegistry } from './handler.ts';
import { createInHand } from './in-hand.ts';
import type { JobObserver } from './observer.ts';
import type { Listen, Listener, Log, Ring, ScheduleLease, WorkQueue } from './ports.ts';
import { relayDue } from './relay.ts';
import { type RowDeps, reportBroken, runRow } from './run-row.ts';
import { createSchedule } from './schedule.ts';

export type ScheduledWork = {
  readonly name: string;
  readonly everyMs: number;
  readonly work: (signal: AbortSignal) => Promise<void>;
};

export type WorkerDeps = {
  readonly queue: WorkQueue;
  readonly bell: Ring;
  readonly listen: Listen;
  readonly lease: ScheduleLease;
  readonly handlers: HandlerRegistry;
  readonly finalize: BatchHandler<'booking.finalize'>;
  readonly schedules: readonly ScheduledWork[];
  readonly observer: JobObserver;
  readonly log: Log;
  readonly random: () => number;
  readonly settings?: Partial<WorkerSettings>;
};

export type WorkerSettings = {
  /** How long a row stays with a worker that says nothing. Renewed at a third; a killed worker's rows are free after this. */
  readonly leaseMs: number;
  readonly relayEveryMs: number;
  readonly relayLimit: number;
  readonly batchLimit: number;
  readonly concurrency: Readonly<Record<QueueName, number>>;
};

export const DEFAULT_SETTINGS: WorkerSettings = {
  leaseMs: 6_000,
  relayEveryMs: 1_000,
  relayLimit: 1_000,
  // One transaction of 100 bookings costs little more than one of a single booking (ARCHITECTURE, Outbox).
  batchLimit: 100,
  // Finalize drains in batches, so a second one at a time would only make the transactions collide.
  concurrency: {
    inventory: 20,
    finalize: 1,
    payments: 10,
    notifications: 10,
    events: 2,
    imports: 1,
    waitlist: 2,
  },
};

export type RunningWorker = {
  /** Takes no more work, finishes what has begun, and gives back what is not finished within `deadlineMs`. */
  readonly stop: (deadlineMs: number) => Promise<{ givenBack: number }>;
  readonly isRunning: () => boolean;
};

/** Ids of finished rows whose rings are still to come; the rings of a batch need not ask Mongo again. */
const REMEMBERED = 5_000;

/** Starts consumers, relay and schedules. */
export const startWorker = (deps: WorkerDeps): RunningWorker => {
  const settings = { ...DEFAULT_SETTINGS, ...deps.settings };
  const inHand = createInHand();
  const rowDeps: RowDeps = { ...deps, inHand, leaseMs: settings.leaseMs };
  const drainDeps: DrainDeps<'booking.finalize'> = {
    ...rowDeps,
    job: 'booking.finalize',
    handle: deps.finalize,
    limit: settings.batchLimit,
  };
  const drained = new Set<string>();
  const drain = async (rowId: string): Promise<void> => {
    if (drained.delete(rowId)) return;
    for (const id of await drainBatch(drainDeps)) if (id !== rowId) drained.add(id);
    for (const id of drained) if (drained.size > REMEMBERED) drained.delete(id);
  };

  const consume = (queue: QueueName): Listener =>
    deps.listen(queue, settings.concurrency[queue], async (rowId) => {
      try {
        await (queue === 'finalize' ? drain(rowId) : runRow(rowDeps, rowId));
      } catch (error) {
        reportBroken(deps.log, rowId, error);
      }
    });
  const listeners = QUEUES.map(consume);
  const schedules = [
    {
      name: 'relay',
      everyMs: settings.relayEveryMs,
      work: async () => {
        await relayDue({ queue: deps.queue, bell: deps.bell, limit: settings.relayLimit }, QUEUES);
      },
    },
    ...deps.schedules,
  ].map((schedule) => createSchedule({ ...schedule, lease: deps.lease, log: deps.log }));
  for (const schedule of schedules) schedule.start();

  return {
    isRunning: () => listeners.every((listener) => listener.isRunning()),
    stop: async (deadlineMs) => {
      inHand.close();
      const finished = Promise.all([
        ...schedules.map((schedule) => schedule.stop()),
        ...listeners.map((listener) => listener.stop()),
        inHand.whenEmpty(),
      ]).then(() => true);
      const inTime = await Promise.race([finished, after(deadlineMs)]);
      const left = inHand.list();
      if (!inTime)
        deps.log.warn({ rows: left.map((row) => row._id) }, 'not finished in time; giving leases back');
      // The process ends now: another worker need not wait for the leases to run out.
      await Promise.allSettled([
        ...left.map((row) => deps.queue.postpone(row, 0, 'the worker stopped before it was done')),
        deps.lease.release(),
      ]).then((ends) => {
        for (const end of ends)
          if (end.status === 'rejected') deps.log.warn({ reason: messageOf(end.reason) }, 'not given back');
      });
      return { givenBack: left.length };
    },
  };
};

const after = (ms: number): Promise<false> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms, false).unref();
  });
