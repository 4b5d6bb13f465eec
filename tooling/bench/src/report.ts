import { cpus, loadavg } from 'node:os';
import Table from 'cli-table3';
import type { Aim, Row } from './scenario.ts';

export type Section = { readonly name: string; readonly title: string; readonly rows: readonly Row[] };

const rate = (value: number): string =>
  value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
const fixed = (value: number | null, digits: number): string => (value === null ? '' : value.toFixed(digits));

const aimText = ({ ratioAtLeast, perSecondAtLeast, p99AtMostMs }: Aim): string =>
  [
    ...(ratioAtLeast === undefined ? [] : [`ratio ≥ ${ratioAtLeast}`]),
    ...(perSecondAtLeast === undefined ? [] : [`≥ ${rate(perSecondAtLeast)}/s`]),
    ...(p99AtMostMs === undefined ? [] : [`p99 ≤ ${p99AtMostMs} ms`]),
  ].join(', ');

/** Whether a row is where we want it, by the wall clock. */
export const meets = ({ aim, ratio, perSecond, p99 }: Row): boolean | null =>
  aim === undefined
    ? null
    : (ratio ?? 0) >= (aim.ratioAtLeast ?? 0) &&
      perSecond >= (aim.perSecondAtLeast ?? 0) &&
      (p99 ?? 0) <= (aim.p99AtMostMs ?? Number.POSITIVE_INFINITY);

const verdict = (row: Row): string => {
  const met = meets(row);
  return met === null || row.aim === undefined ? '' : `${met ? '✓' : '✗'} ${aimText(row.aim)}`;
};

export const tableOf = ({ title, rows }: Section): string => {
  const table = new Table({
    style: { head: [], border: [] },
    head: [title, 'per second', 'p50 ms', 'p99 ms', 'CPU µs', 'ratio', 'by CPU', 'Redis', 'Mongo', 'aim'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
  });
  for (const row of rows) {
    const answers = Object.entries(row.answers).map(([outcome, count]) => `${outcome} × ${count}`);
    table.push([
      `${row.name}\n  ${answers.join(', ')}`,
      rate(row.perSecond),
      fixed(row.p50, 1),
      fixed(row.p99, 1),
      fixed(row.cpuMicros, 0),
      fixed(row.ratio, 2),
      fixed(row.cpuRatio, 2),
      row.roundTrips?.redis ?? '',
      row.roundTrips?.mongo ?? '',
      verdict(row),
    ]);
  }
  return table.toString();
};

/** Everything that was measured, and on what, for whoever compares runs. */
export const jsonOf = (sections: readonly Section[], takenAt: Date): string =>
  `${JSON.stringify(
    {
      takenAt,
      node: process.version,
      cpu: cpus()[0]?.model ?? null,
      cores: cpus().length,
      load: loadavg(),
      sections: sections.map(({ rows, ...section }) => ({
        ...section,
        rows: rows.map((row) => ({ ...row, meetsAim: meets(row) })),
      })),
    },
    null,
    2,
  )}\n`;
