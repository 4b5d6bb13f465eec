import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dataDir, repositoryRoot } from '../paths.ts';
import { type Tally, tallyTests, type VitestReport } from './summary.ts';

const reportFile = `${dataDir}/test/vitest.json`;

const readReport = (): VitestReport | null =>
  existsSync(reportFile) ? (JSON.parse(readFileSync(reportFile, 'utf8')) as VitestReport) : null;

/** Runs every vitest project with coverage against this replica set, in sight, and counts from vitest's own report. */
export const runTests = async (mongoUri: string, full: boolean): Promise<Tally> => {
  rmSync(reportFile, { force: true });
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
  return tallyTests(readReport(), typeof code === 'number' ? code : 1);
};
