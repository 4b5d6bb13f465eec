import type { JobResult as FlowResult } from '@eventhorizon/core/flows/job-result';
import type { JobName, JobPayload } from '@eventhorizon/core/jobs';

/**
 * How a handler ended: as the flows say, or `give_up`: the same again would end the same, so the row is kept as failed for a
 * person to look at. To throw is to retry, or to give up, by the kind of the error.
 */
export type JobResult = FlowResult | { readonly result: 'give_up'; readonly reason: string };

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
