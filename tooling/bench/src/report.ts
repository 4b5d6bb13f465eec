import { cpus, loadavg } from 'node:os';
import Table from 'cli-table3';
import type { Aim, RoundTrips, Row } from './scenario.ts';

export type Section = { readonly name: string; readonly title: string; readonly rows: readonly Row[] };

const rate = (value: number): string =>
  value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
const DASH = '–';
/** A ratio is empty where there is no ceiling to compare with. */
const ratio = (value: number | null): string => (value === null ? '' : value.toFixed(2));
const millis = (value: number | null): string => (value === null ? DASH : value.toFixed(1));
const trips = ({ roundTrips }: Row, of: keyof RoundTrips): string | number =>
  'why' in roundTrips ? DASH : roundTrips[of];

/** Why there are dashes in a row. */
const reasonsOf = ({ roundTrips, notTimed }: Row): string[] => [
  ...(notTimed === undefined ? [] : [`p50, p99: ${notTimed}`]),
  ...('why' in roundTrips ? [`round trips: ${roundTrips.why}`] : []),
];

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
      millis(row.p50),
      millis(row.p99),
      row.cpuMicros.toFixed(0),
      ratio(row.ratio),
      ratio(row.cpuRatio),
      trips(row, 'redis'),
      trips(row, 'mongo'),
      verdict(row),
    ]);
  }
  const reasons = rows.flatMap((row) => reasonsOf(row).map((reason) => `  ${DASH} ${row.name}: ${reason}`));
  return [table.toString(), ...reasons].join('\n');
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
