import { expect, test } from 'vitest';
import { tableOf } from './report.ts';
import type { Row } from './scenario.ts';

const row: Row = {
  name: 'place',
  against: null,
  perSecond: 1_000,
  p50: 1,
  p99: 2,
  cpuMicros: 60,
  ratio: null,
  cpuRatio: null,
  answers: { 200: 10 },
  roundTrips: { redis: 7, mongo: 0 },
};
const shown = (change: Partial<Row>): string =>
  tableOf({ name: 'hold', title: 'holds', rows: [{ ...row, ...change }] });

test('what was measured is shown, and nothing said below', () => {
  expect(shown({})).toMatch(/1\.0 .*2\.0 .* 7 .* 0 /);
  expect(shown({})).not.toContain('–');
});

test('what was not has a dash, and below why', () => {
  const table = shown({ p50: null, p99: null, notTimed: 'in batches', roundTrips: { why: 'by nobody' } });
  expect(table.match(/– │/g)).toHaveLength(4);
  expect(table).toContain('– place: p50, p99: in batches');
  expect(table).toContain('– place: round trips: by nobody');
});
