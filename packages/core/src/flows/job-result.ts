/**
 * How a job ended that did not throw. `retry`: come back in `retryAfterMs` for a reason that is no fault (not due yet, a
 * bank still deciding, no token of the provider's rate limit); null: by the job's retry policy.
 */
export type JobResult =
  | { readonly result: 'done' }
  | { readonly result: 'retry'; readonly retryAfterMs: number | null; readonly reason: string };

export const done: JobResult = { result: 'done' };

export const retryLater = (reason: string, retryAfterMs: number | null = null): JobResult => ({
  result: 'retry',
  retryAfterMs,
  reason,
});
