import { jobs, type RetryPolicy } from '@eventhorizon/core/jobs';
import { workerDecisionOf } from '@eventhorizon/core/shared/error-mapping';
import { isDomainError } from '@eventhorizon/core/shared/errors';
import { backoffMs } from './backoff.ts';
import type { JobResult } from './handler.ts';
import type { WorkRow } from './ports.ts';

/** What becomes of a row. `wait`: a retry for a reason that is no fault; it uses up none of the job's tries. */
export type Verdict =
  | { readonly verdict: 'complete' }
  | { readonly verdict: 'wait'; readonly delayMs: number; readonly reason: string }
  | { readonly verdict: 'retry'; readonly delayMs: number; readonly reason: string }
  | { readonly verdict: 'fail'; readonly reason: string };

export const messageOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** The lease went to another worker: the row is not ours to settle any more. */
export const isLeaseLost = (error: unknown): boolean => error instanceof Error && error.name === 'LeaseLost';

/** A thrown error as a result: a refusal by its kind; anything else is a bug or a broken connection and is tried again. */
export const resultOfError = (error: unknown): JobResult => {
  const reason = messageOf(error);
  if (!isDomainError(error)) return { result: 'failed', retryAfterMs: null, reason };
  if (workerDecisionOf[error.kind] === 'drop') return { result: 'give_up', reason };
  const { details } = error;
  const retryAfterMs = 'retryAfterMs' in details ? Number(details.retryAfterMs) : null;
  return { result: 'failed', retryAfterMs, reason };
};

/**
 * Settles a result by the job's policy. `random` is in [0, 1). A bank may decide for weeks and a limit may be in force for long:
 * a handler that comes back later without fault never runs out of tries.
 */
export const decide = (
  row: Pick<WorkRow, 'job' | 'attempts' | 'waits'>,
  result: JobResult,
  random: number,
  policy: RetryPolicy = jobs[row.job].retry,
): Verdict => {
  if (result.result === 'done') return { verdict: 'complete' };
  if (result.result === 'give_up') return { verdict: 'fail', reason: result.reason };
  if (result.result === 'retry' && result.retryAfterMs !== null)
    return { verdict: 'wait', delayMs: result.retryAfterMs, reason: result.reason };
  const tries = Math.max(1, row.attempts - (row.waits ?? 0));
  if (tries >= policy.maxAttempts)
    return { verdict: 'fail', reason: `gave up after ${tries} tries: ${result.reason}` };
  const byPolicy = backoffMs(policy, tries, random);
  // Who refused knows better than the policy when to ask again.
  return { verdict: 'retry', delayMs: result.retryAfterMs ?? byPolicy, reason: result.reason };
};
