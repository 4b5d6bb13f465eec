import type { JobName } from '@eventhorizon/core/jobs';

export type RowOutcome = 'done' | 'retry' | 'failed' | 'lost';

/** Told of every row that was run. */
export type JobObserver = {
  readonly finished: (job: JobName, outcome: RowOutcome, seconds: number) => void;
};
