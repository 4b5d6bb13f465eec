import { expect, test } from 'vitest';
import { measure, nearestRank } from './measure.ts';

test('the percentile is the nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect([nearestRank(values, 0.5), nearestRank(values, 0.99)]).toEqual([50, 99]);
  expect(nearestRank([], 0.5)).toBeNaN();
});

test('a measurement counts every call, its time and its outcome', async () => {
  let now = 0;
  const measured = await measure('step', { lanes: 1, forMs: 100, clock: () => now }, async () => {
    now += 10;
    return now === 50 ? 'refused' : 'ok';
  });
  expect(measured).toEqual({
    name: 'step',
    perSecond: 100,
    p50: 10,
    p99: 10,
    outcomes: { ok: 9, refused: 1 },
  });
});
