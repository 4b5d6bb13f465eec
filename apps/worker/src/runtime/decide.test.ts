import { jobs } from '@eventhorizon/core/jobs';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { describe, expect, test } from 'vitest';
import { decide, resultOfError } from './decide.ts';

const row = { job: 'notification.send', attempts: 3 } as const;

describe('what becomes of a row', () => {
  test('done: it is completed', () => {
    expect(decide(row, { result: 'done' }, 0)).toEqual({ verdict: 'complete' });
  });
  test('a wait that the handler names is kept to, whatever the policy', () => {
    const result = { result: 'retry', retryAfterMs: 90_000, reason: 'not due' } as const;
    expect(decide(row, result, 0)).toEqual({ verdict: 'wait', delayMs: 90_000, reason: 'not due' });
  });
  test('a handler that comes back without fault never runs out of tries, and its waits use up none of them', () => {
    const wait = { result: 'retry', retryAfterMs: 60_000, reason: 'the bank is still deciding' } as const;
    const fault = { result: 'failed', retryAfterMs: null, reason: 'the connection broke' } as const;
    const { maxAttempts } = jobs['booking.close'].retry;
    const long = { job: 'booking.close', attempts: 5 * maxAttempts, waits: 5 * maxAttempts - 1 } as const;
    expect(decide(long, wait, 0)).toMatchObject({ verdict: 'wait', delayMs: 60_000 });
    expect(decide(long, fault, 0)).toMatchObject({ verdict: 'retry' });
    // Twin: with the waits counted as tries the first fault afterwards ends it.
    expect(decide({ ...long, waits: 0 }, fault, 0)).toMatchObject({ verdict: 'fail' });
  });
  test('a fault counts as a try although its error names a wait', () => {
    const last = { job: 'notification.send', attempts: jobs['notification.send'].retry.maxAttempts } as const;
    const busy = resultOfError(new DomainError('busy.try_again', { retryAfterMs: 700 }));
    expect(decide({ ...last, attempts: 1 }, busy, 0)).toMatchObject({ verdict: 'retry', delayMs: 700 });
    expect(decide(last, busy, 0)).toMatchObject({ verdict: 'fail' });
  });
  test('without one the policy of the job decides', () => {
    const { baseMs } = jobs['notification.send'].retry;
    const result = { result: 'retry', retryAfterMs: null, reason: 'busy' } as const;
    expect(decide(row, result, 0.999_999)).toMatchObject({ verdict: 'retry', delayMs: baseMs * 4 });
  });
  test('after the last try it is kept as failed, with the last reason', () => {
    const last = { job: 'notification.send', attempts: jobs['notification.send'].retry.maxAttempts } as const;
    const result = { result: 'retry', retryAfterMs: null, reason: 'no answer' } as const;
    expect(decide(last, result, 0)).toEqual({ verdict: 'fail', reason: 'gave up after 50 tries: no answer' });
  });
});

describe('an error that a handler throws', () => {
  test('is a reason to try again when it passes by itself, after the wait it names', () => {
    expect(resultOfError(new DomainError('busy.try_again', { retryAfterMs: 700 }))).toMatchObject({
      result: 'failed',
      retryAfterMs: 700,
    });
  });
  test('is a reason to give up when the same again would be refused again', () => {
    expect(resultOfError(new DomainError('thing.not_found', { thing: 'event' }))).toMatchObject({
      result: 'give_up',
    });
  });
  test('that is no refusal (a bug, a broken connection) is tried again by the policy', () => {
    expect(resultOfError(new TypeError('x is not a function'))).toEqual({
      result: 'failed',
      retryAfterMs: null,
      reason: 'TypeError: x is not a function',
    });
  });
});
