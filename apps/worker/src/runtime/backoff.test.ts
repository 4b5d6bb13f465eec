import { jobs } from '@eventhorizon/core/jobs';
import { describe, expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';

const policy = { baseMs: 500, maxMs: 60_000, maxAttempts: 10_000 };

describe('the wait between tries', () => {
  test('doubles from the base', () => {
    expect([1, 2, 3, 4].map((attempt) => backoffMs(policy, attempt, 0.999_999))).toEqual([
      500, 1_000, 2_000, 4_000,
    ]);
  });
  test('never passes the maximum, also at the ten-thousandth try', () => {
    expect(backoffMs(policy, 10_000, 0.999_999)).toBe(60_000);
  });
  test('is spread over its upper half, so that rows that failed together come back apart', () => {
    expect(backoffMs(policy, 1, 0)).toBe(250);
    expect(backoffMs(policy, 1, 0.5)).toBe(375);
  });
  test('is at least a moment for every job of the catalogue', () => {
    for (const { retry } of Object.values(jobs)) expect(backoffMs(retry, 1, 0)).toBeGreaterThanOrEqual(100);
  });
});
