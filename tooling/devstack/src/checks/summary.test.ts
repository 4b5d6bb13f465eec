import { expect, test } from 'vitest';
import { lastLine, tallyTests, type VitestReport } from './summary.ts';

const file = (status: string, ...tests: [string, string][]): VitestReport['testResults'][number] => ({
  name: 'a.test.ts',
  status,
  message: 'it broke\nsomewhere',
  assertionResults: tests.map(([fullName, result]) => ({
    fullName,
    status: result,
    failureMessages: ['because\nof'],
  })),
});
const report = (...testResults: VitestReport['testResults'][number][]): VitestReport => ({ testResults });

test('a green run counts its tests and nothing else', () => {
  const tally = tallyTests(report(file('passed', ['one', 'passed'], ['two', 'passed'])), 0);
  expect(tally).toEqual({ passed: 2, failed: 0, failures: [] });
});

test('a failed test is named with its reason', () => {
  const tally = tallyTests(report(file('failed', ['one', 'passed'], ['two', 'failed'])), 1);
  expect(tally).toMatchObject({ passed: 1, failed: 1 });
  expect(tally.failures[0]).toBe('a.test.ts: two (failed) because');
});

test('a skipped test is a failure', () => {
  expect(tallyTests(report(file('passed', ['one', 'passed'], ['two', 'pending'])), 0).failed).toBe(1);
});

test('a file that cannot be loaded is a failure', () => {
  const tally = tallyTests(report(file('passed', ['one', 'passed']), file('failed')), 1);
  expect(tally.failures).toEqual(['a.test.ts: it broke']);
});

test('a file whose hook failed after its tests passed is a failure', () => {
  expect(tallyTests(report(file('failed', ['one', 'passed'])), 1).failed).toBe(1);
});

test('a run without tests fails', () => {
  expect(tallyTests(report(), 0).failed).toBe(1);
});

test('a run without a report fails', () => {
  expect(tallyTests(null, 0).failed).toBe(1);
});

test('an exit code that no test explains fails', () => {
  expect(tallyTests(report(file('passed', ['one', 'passed'])), 1).failed).toBe(1);
});

test('the last line sums checks and tests', () => {
  const tallies = [
    { passed: 5, failed: 1, failures: ['x'] },
    { passed: 100, failed: 0, failures: [] },
  ];
  expect(lastLine(tallies)).toBe('105 passed, 1 failed');
});
