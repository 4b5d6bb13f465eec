/** The parts of vitest's JSON report that are counted. */
export type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
};

export type Tally = {
  readonly passed: number;
  readonly failed: number;
  /** One line each, for the list at the end. */
  readonly failures: readonly string[];
};

const firstLine = (text: string | undefined): string => (text ?? '').split('\n')[0] ?? '';

/**
 * Counts a vitest run. A file that failed before any of its tests ran counts as one failure; a skipped test counts as one
 * too, because nothing here is skipped on purpose; so does a run without a single test, and an exit code that no test explains (the coverage
 * floor, an unhandled error, a crash).
 */
export const tallyTests = (report: VitestReport | null, exitCode: number): Tally => {
  const failures: string[] = [];
  let passed = 0;
  for (const file of report?.testResults ?? []) {
    const tests = file.assertionResults;
    for (const test of tests) {
      if (test.status === 'passed') passed += 1;
      else
        failures.push(
          `${file.name}: ${test.fullName} (${test.status}) ${firstLine(test.failureMessages?.[0])}`,
        );
    }
    const explained = tests.some((test) => test.status === 'failed');
    if (file.status === 'failed' && !explained) failures.push(`${file.name}: ${firstLine(file.message)}`);
  }
  if (report === null) failures.push('vitest wrote no report');
  else if (passed === 0) failures.push('no test passed: a run without tests proves nothing');
  if (exitCode !== 0 && failures.length === 0) {
    failures.push(
      `vitest ended with exit code ${exitCode} although every test passed: see above (coverage floor or an unhandled error)`,
    );
  }
  return { passed, failed: failures.length, failures };
};

/** The last line of a run, exactly in this form. */
export const lastLine = (tallies: readonly Tally[]): string => {
  const sum = (pick: (tally: Tally) => number) => tallies.reduce((total, tally) => total + pick(tally), 0);
  return `${sum((t) => t.passed)} passed, ${sum((t) => t.failed)} failed`;
};
