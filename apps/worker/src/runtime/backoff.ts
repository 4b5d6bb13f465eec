import type { RetryPolicy } from '@eventhorizon/core/jobs';

/**
 * How long to wait after try number `attempts` (from 1): `baseMs` doubled with each try, at most `maxMs`, of which the
 * upper half is random, so that rows that failed together do not come back together. `random` is in [0, 1).
 */
export const backoffMs = ({ baseMs, maxMs }: RetryPolicy, attempts: number, random: number): number => {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(attempts - 1, 30));
  return Math.round(full / 2 + (full / 2) * random);
};
