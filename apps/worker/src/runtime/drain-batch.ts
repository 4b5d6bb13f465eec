import { type JobPayload, jobs } from '@eventhorizon/core/jobs';
import { resultOfError } from './decide.ts';
import type { BatchJob, JobResult } from './handler.ts';
import { keepLease } from './keep-lease.ts';
import type { RowOutcome } from './observer.ts';
import type { WorkRow } from './ports.ts';
import { type RowDeps, settle } from './run-row.ts';

export type BatchItem<N extends BatchJob> = { readonly row: WorkRow; readonly payload: JobPayload<N> };

/** `completed`: the row was completed inside the transaction of its effect. `lost`: it is in other hands by now. */
export type BatchItemResult = JobResult | { readonly result: 'completed' } | { readonly result: 'lost' };

/** Runs many rows at once; answers for each by its id. A row without an answer is tried again. */
export type BatchHandler<N extends BatchJob> = (
  items: readonly BatchItem<N>[],
  signal: AbortSignal,
) => Promise<ReadonlyMap<string, BatchItemResult>>;

export type DrainDeps<N extends BatchJob> = Omit<RowDeps, 'handlers'> & {
  readonly job: N;
  readonly handle: BatchHandler<N>;
  readonly limit: number;
};

/** Takes due rows of the job, `limit` at a time, until there are none. Returns the ids that it finished. */
export const drainBatch = async <N extends BatchJob>(deps: DrainDeps<N>): Promise<string[]> => {
  const finished: string[] = [];
  while (!deps.inHand.isClosed()) {
    const rows = await deps.queue.takeDue(deps.job, deps.limit, deps.leaseMs);
    if (rows.length === 0) break;
    finished.push(...(await runBatch(deps, rows)));
    if (rows.length < deps.limit) break;
  }
  return finished;
};

/** Runs rows that this process has taken. Returns the ids of those that are finished. */
export const runBatch = async <N extends BatchJob>(
  deps: DrainDeps<N>,
  rows: readonly WorkRow[],
): Promise<string[]> => {
  const startedAt = performance.now();
  const lease = keepLease(deps.queue, rows, deps.leaseMs);
  const release = rows.map((row) => deps.inHand.add(row));
  const finished: string[] = [];
  try {
    const results = await handleBatch(deps, rows, lease.signal);
    const seconds = (performance.now() - startedAt) / 1_000;
    for (const row of rows) {
      const outcome = await settleItem(deps, row, results.get(row._id) ?? UNANSWERED);
      deps.observer.finished(row.job, outcome, seconds);
      if (outcome === 'done') finished.push(row._id);
    }
  } finally {
    lease.stop();
    for (const end of release) end();
  }
  return finished;
};

const settleItem = async <N extends BatchJob>(
  deps: DrainDeps<N>,
  row: WorkRow,
  result: BatchItemResult,
): Promise<RowOutcome> => {
  switch (result.result) {
    case 'completed':
      return 'done';
    case 'lost':
      return 'lost';
    default:
      return await settle(deps, row, result);
  }
};

const UNANSWERED: JobResult = {
  result: 'retry',
  retryAfterMs: null,
  reason: 'the batch did not answer for the row',
};

const handleBatch = async <N extends BatchJob>(
  { job, handle }: DrainDeps<N>,
  rows: readonly WorkRow[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, BatchItemResult>> => {
  const refused = new Map<string, BatchItemResult>();
  const items: BatchItem<N>[] = [];
  for (const row of rows) {
    const parsed = jobs[job].payload.safeParse(row.payload);
    if (parsed.success) items.push({ row, payload: parsed.data as JobPayload<N> });
    else
      refused.set(row._id, {
        result: 'give_up',
        reason: `the payload is not valid: ${parsed.error.message}`,
      });
  }
  if (items.length === 0) return refused;
  try {
    return new Map([...refused, ...(await handle(items, signal))]);
  } catch (error) {
    const result = resultOfError(error);
    return new Map([...refused, ...items.map(({ row }) => [row._id, result] as const)]);
  }
};
