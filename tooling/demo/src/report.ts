import Table from 'cli-table3';
import type { BuyerEnd } from './buyer.ts';
import type { StepSummary } from './stopwatch.ts';

const bare = { style: { head: [], border: [] } };
const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

/** Sold and refused, told in the words of the buyers. */
export const outcomesTable = (ends: readonly BuyerEnd[]): string => {
  const rows = new Map<string, { buyers: number; tickets: number }>();
  for (const end of ends) {
    const name = end.end === 'refused' ? `refused: ${end.code}` : end.end.replaceAll('_', ' ');
    const row = rows.get(name) ?? { buyers: 0, tickets: 0 };
    rows.set(name, {
      buyers: row.buyers + 1,
      tickets: row.tickets + (end.end === 'bought' ? end.tickets : 0),
    });
  }
  const table = new Table({
    ...bare,
    head: ['buyers who', 'buyers', 'tickets'],
    colAligns: ['left', 'right', 'right'],
  });
  for (const [name, { buyers, tickets }] of [...rows].sort((a, b) => b[1].buyers - a[1].buyers)) {
    table.push([name, buyers, tickets === 0 ? '' : tickets]);
  }
  return table.toString();
};

export const stepsTable = (steps: readonly StepSummary[]): string => {
  const table = new Table({
    ...bare,
    head: ['step', 'calls', 'p50', 'p99'],
    colAligns: ['left', 'right', 'right', 'right'],
  });
  for (const { step, count, p50, p99 } of steps) table.push([step, count, ms(p50), ms(p99)]);
  return table.toString();
};

/** How long people waited, in words. */
export const waitsLine = (steps: readonly StepSummary[], turnsPerMinute: number): string => {
  const waits = steps.find(({ step }) => step === 'wait for the turn');
  const seconds = (value: number | undefined): string => `${Math.round((value ?? 0) / 1_000)} s`;
  return [
    `Waiting room: ${turnsPerMinute} turns a minute, in random order.`,
    `From the opening on, half waited ${seconds(waits?.p50)} or less, 99 of 100 ${seconds(waits?.p99)} or less.`,
  ].join(' ');
};

type Checked = { readonly promise: string; readonly findings: readonly string[] };

const SHOWN_FINDINGS = 10;

const auditList = (checks: readonly Checked[]): string =>
  checks
    .flatMap(({ promise, findings }) => [
      `${findings.length === 0 ? '  ✓' : '  ✗'} ${promise}`,
      ...findings.slice(0, SHOWN_FINDINGS).map((finding) => `      ${finding}`),
      ...(findings.length > SHOWN_FINDINGS ? [`      … and ${findings.length - SHOWN_FINDINGS} more`] : []),
    ])
    .join('\n');

/** What the audit came to, and the exit code: 1 when it found anything, whatever it was. `seed` repeats the run. */
export const verdict = (
  checks: readonly Checked[],
  seed: number,
): { readonly text: string; readonly exitCode: number } => {
  const found = checks.reduce((sum, { findings }) => sum + findings.length, 0);
  const conclusion =
    found === 0 ? 'The audit is clean.' : `✗ The audit found ${found}. Repeat with: npm run demo -- ${seed}`;
  return { text: `Audit\n${auditList(checks)}\n\n${conclusion}`, exitCode: found === 0 ? 0 : 1 };
};
