import { mkdirSync, writeFileSync } from 'node:fs';
import { dataDir, repositoryRoot } from '../paths.ts';
import { tryRun } from '../process/run.ts';
import { say } from '../say.ts';
import { gates } from './gates.ts';
import type { Tally } from './summary.ts';

const SHOWN_LINES = 60;

const hasCommit = async (): Promise<boolean> =>
  (await tryRun('git', ['rev-parse', '--verify', '--quiet', 'HEAD'], { cwd: repositoryRoot })).code === 0;

/** Runs all gates, also after one failed, so that one run tells everything. Full output is kept in .data/test. */
export const runGates = async (): Promise<Tally> => {
  const logs = `${dataDir}/test`;
  mkdirSync(logs, { recursive: true });
  const env = { ...process.env, FORCE_COLOR: '0', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
  const failures: string[] = [];
  let passed = 0;
  for (const { name, command, args } of gates({ hasCommit: await hasCommit() })) {
    const startedAt = Date.now();
    const { code, stdout, stderr } = await tryRun(command, args, { cwd: repositoryRoot, env });
    const took = `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
    if (code === 0) {
      passed += 1;
      say(`  ✓ ${name} (${took})`);
      continue;
    }
    const log = `${logs}/${name.replaceAll(' ', '-')}.log`;
    const printed = `${stdout}\n${stderr}`.trim();
    writeFileSync(log, printed);
    failures.push(`${name}: \`${command} ${args.join(' ')}\` ended with ${code}; all of it in ${log}`);
    say(`  ✗ ${name} (${took})\n${printed.split('\n').slice(-SHOWN_LINES).join('\n')}`);
  }
  return { passed, failed: failures.length, failures };
};
