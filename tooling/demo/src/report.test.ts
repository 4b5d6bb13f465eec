import { expect, test } from 'vitest';
import { outcomesTable, verdict } from './report.ts';

const kept = { promise: 'no unit is sold twice', findings: [] };

test('a clean audit ends with 0', () => {
  const { text, exitCode } = verdict([kept], 7);
  expect(exitCode).toBe(0);
  expect(text).toContain('✓ no unit is sold twice');
  expect(text).toContain('The audit is clean.');
});

test('a single finding ends with 1, is shown, and names the seed that repeats the run', () => {
  const broken = { promise: 'no hold is left over', findings: ['2 units are held'] };
  const { text, exitCode } = verdict([kept, broken], 7);
  expect(exitCode).toBe(1);
  expect(text).toContain('✗ no hold is left over\n      2 units are held');
  expect(text).toContain('npm run demo -- 7');
});

test('many findings of one kind are counted, not all printed', () => {
  const findings = Array.from({ length: 25 }, (_, n) => `s:${n}`);
  const { text } = verdict([{ promise: 'no unit is sold twice', findings }], 7);
  expect(text).toContain('… and 15 more');
  expect(text).toContain('The audit found 25.');
});

test('what buyers met is summed up by outcome', () => {
  const text = outcomesTable([
    { end: 'bought', email: 'a@example.org', tickets: 2 },
    { end: 'bought', email: 'b@example.org', tickets: 1 },
    { end: 'refused', code: 'units.short' },
  ]);
  expect(text).toMatch(/bought +│ +2 +│ +3 /);
  expect(text).toMatch(/refused: units\.short +│ +1 +│/);
});
