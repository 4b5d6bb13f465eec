import { expect, test } from 'vitest';
import { median, nearestRank } from './statistics.ts';

test('the percentile is the nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect([nearestRank(values, 0.5), nearestRank(values, 0.99), median([3, 1, 2])]).toEqual([50, 99, 2]);
  expect(nearestRank([], 0.5)).toBeNaN();
});
