import type { JobResult as FlowResult } from '@eventhorizon/core/flows/job-result';
import type { JobName, JobPayload } from '@eventhorizon/core/jobs';

/**
 * How a handler ended: as the flows say, or
 * `failed`: it threw something that may pass by itself; try again by the job's policy, or after the wait that the error names;
 * `give_up`: the same again would end the same, so the row is kept as failed for a person to look at.
 */
export type JobResult =
  | FlowResult
  | { readonly result: 'failed'; readonly retryAfterMs: number | null; readonly reason: string }
  | { readonly result: 'give_up'; readonly reason: string };

export type JobContext = {
  readonly rowId: string;
  readonly attempts: number;
  /** Aborted when the lease is lost: whatever has not begun by then is somebody else's to do. */
  readonly signal: AbortSignal;
};

/** Handlers run at least once and may run twice at a time when a lease is lost: they call idempotent use cases. */
export type Handler<N extends JobName> = (payload: JobPayload<N>, context: JobContext) => Promise<JobResult>;

/** Jobs whose rows are taken many at a time, and completed inside the transaction of their effect. */
export type BatchJob = 'booking.finalize';

/** One handler for every job of the catalogue: a new job without one does not compile. */
export type HandlerRegistry = { readonly [N in Exclude<JobName, BatchJob>]: Handler<N> };
