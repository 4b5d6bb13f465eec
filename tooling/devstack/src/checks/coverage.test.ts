import { expect, test } from 'vitest';
import { leastCovered } from './coverage.ts';

const lines = (total: number, covered: number) => ({
  lines: { total, covered, pct: (100 * covered) / total },
});

test('files are listed by how many of their lines no test runs', () => {
  const summary = {
    total: lines(100, 50),
    '/repo/packages/a.ts': lines(10, 10),
    '/repo/packages/b.ts': lines(50, 45),
    '/repo/packages/c.ts': lines(40, 0),
  };
  expect(leastCovered(summary, '/repo', 5)).toEqual([
    '40 of 40 lines  packages/c.ts',
    '5 of 50 lines  packages/b.ts',
  ]);
  expect(leastCovered(summary, '/repo', 1)).toHaveLength(1);
});
