import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dataDir, repositoryRoot } from '../paths.ts';
import { say } from '../say.ts';
import { type CoverageSummary, leastCovered } from './coverage.ts';
import { type Tally, tallyTests, type VitestReport } from './summary.ts';

const reportFile = `${dataDir}/test/vitest.json`;
const coverageFile = `${repositoryRoot}/coverage/coverage-summary.json`;
const LISTED_FILES = 15;

const readReport = (): VitestReport | null =>
  existsSync(reportFile) ? (JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport) : null;

/** Where tests are missing; all of it, line by line, is in coverage/index.html. */
const tellCoverage = (): void => {
  if (!existsSync(coverageFile)) return;
  const summary = JSON.parse(readFileSync(coverageFile, 'utf8')) as CoverageSummary;
  const files = leastCovered(summary, repositoryRoot, LISTED_FILES);
  say(
    `Coverage: ${summary.total?.lines.pct ?? 0} % of lines in packages/. Not run by any test (coverage/index.html):`,
  );
  for (const file of files) say(`  ${file}`);
};

/** Runs every vitest project with coverage against this replica set, in sight, and counts from vitest's own report. */
export const runTests = async (mongoUri: string, full: boolean): Promise<Tally> => {
  rmSync(reportFile, { force: true });
  rmSync(coverageFile, { force: true });
  const args = [
    'run',
    '--coverage',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
  ];
  const child = spawn('node_modules/.bin/vitest', args, {
    cwd: repositoryRoot,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, MONGODB_URI: mongoUri, DEVSTACK_MONGOD: '', ...(full ? { TEST_FULL: '1' } : {}) },
  });
  const [code] = await once(child, 'exit');
  tellCoverage();
  return tallyTests(readReport(), typeof code === 'number' ? code : 1);
};
