import { jobs } from '@eventhorizon/core/jobs';
import { decide, isLeaseLost, messageOf, resultOfError } from './decide.ts';
import type { Handler, HandlerRegistry, JobResult } from './handler.ts';
import type { InHand } from './in-hand.ts';
import { keepLease } from './keep-lease.ts';
import type { JobObserver, RowOutcome } from './observer.ts';
import type { Log, Ring, WorkQueue, WorkRow } from './ports.ts';

export type RowDeps = {
  readonly queue: WorkQueue;
  readonly bell: Ring;
  readonly handlers: HandlerRegistry;
  readonly inHand: InHand;
  readonly observer: JobObserver;
  readonly log: Log;
  readonly random: () => number;
  readonly leaseMs: number;
};

/**
 * A row may run again this much later than its wait, so that a ring by this machine's clock is not early by Mongo's.
 * An early ring finds nothing to take and costs a relay round.
 */
const RING_SLACK_MS = 20;

/** While versions of us are exchanged there are rows that only the newer one (or the older one) knows. */
const UNKNOWN_JOB_WAIT_MS = 5_000;

/** Takes the row of a ring and runs it. A row that is gone, not due or in other hands is left alone. */
export const runRow = async (deps: RowDeps, rowId: string): Promise<void> => {
  if (deps.inHand.isClosed()) return;
  const row = await deps.queue.take(rowId, deps.leaseMs);
  if (row === null) return;
  if (!Object.hasOwn(jobs, row.job)) {
    await deps.queue.postpone(row, UNKNOWN_JOB_WAIT_MS, 'a worker took it that does not know this job');
    deps.log.warn(
      { rowId: row._id, job: row.job },
      'this worker does not know the job; left to one that does',
    );
    return;
  }
  const startedAt = performance.now();
  const lease = keepLease(deps.queue, [row], deps.leaseMs);
  const done = deps.inHand.add(row);
  try {
    const outcome = await settle(deps, row, await handle(deps, row, lease.signal));
    deps.observer.finished(row.job, outcome, (performance.now() - startedAt) / 1_000);
  } finally {
    lease.stop();
    done();
  }
};

const handle = async ({ handlers }: RowDeps, row: WorkRow, signal: AbortSignal): Promise<JobResult> => {
  if (row.job === 'booking.finalize')
    return { result: 'retry', retryAfterMs: null, reason: 'runs in batches only' };
  const payload = jobs[row.job].payload.safeParse(row.payload);
  if (!payload.success)
    return { result: 'give_up', reason: `the payload is not valid: ${payload.error.message}` };
  // The registry pairs each job with the type of its payload; TypeScript cannot follow that through the index.
  const handler = handlers[row.job] as (
    payload: unknown,
    context: Parameters<Handler<'notification.send'>>[1],
  ) => Promise<JobResult>;
  try {
    return await handler(payload.data, { rowId: row._id, attempts: row.attempts, signal });
  } catch (error) {
    return resultOfError(error);
  }
};

/** Writes a row's end into the row. Throws only when Mongo is away; then the lease runs out and the relay brings the row back. */
export const settle = async (
  { queue, bell, log, random }: Pick<RowDeps, 'queue' | 'bell' | 'log' | 'random'>,
  row: WorkRow,
  result: JobResult,
): Promise<RowOutcome> => {
  const about = { rowId: row._id, job: row.job, attempt: row.attempts };
  const verdict = decide(row, result, random());
  switch (verdict.verdict) {
    case 'complete':
      try {
        await queue.complete(row);
      } catch (error) {
        if (!isLeaseLost(error)) throw error;
        log.warn(about, 'finished a row whose lease was lost: another worker does it again');
        return 'lost';
      }
      log.debug(about, 'done');
      return 'done';
    case 'wait':
    case 'retry':
      await (verdict.verdict === 'wait' ? queue.postpone : queue.retryAfter)(
        row,
        verdict.delayMs,
        verdict.reason,
      );
      bell.ring([
        {
          id: row._id,
          job: row.job,
          attempts: row.attempts,
          dueAt: new Date(Date.now() + verdict.delayMs + RING_SLACK_MS),
        },
      ]);
      log.info({ ...about, delayMs: verdict.delayMs, reason: verdict.reason }, 'will be tried again');
      return 'retry';
    case 'fail':
      await queue.fail(row, verdict.reason);
      log.error({ ...about, reason: verdict.reason }, 'given up; the row is kept for a person to look at');
      return 'failed';
  }
};

/** What a consumer reports when running a row threw: Mongo was away while it was taken or settled. */
export const reportBroken = (log: Log, rowId: string, error: unknown): void =>
  log.warn({ rowId, reason: messageOf(error) }, 'could not take or settle a row; the relay brings it back');
