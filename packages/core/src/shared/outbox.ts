import type { JobName, JobPayload } from '../jobs.ts';

/** One effect that must happen later. `dueAt` in the past or now: as soon as possible. */
export type OutboxMessage = {
  [N in JobName]: {
    readonly job: N;
    readonly payload: JobPayload<N>;
    readonly dueAt: Date;
    /** Messages with the same key are added once: a second add is a no-op. */
    readonly key?: string;
  };
}[JobName];
