import { runGates } from '../checks/run-gates.ts';
import { runTests } from '../checks/run-tests.ts';
import { lastLine } from '../checks/summary.ts';
import { testMongo } from '../mongo/test-mongo.ts';
import { findRedis } from '../redis/find-redis.ts';
import { say } from '../say.ts';

/** Everything that CI checks. The last line on stdout is `N passed, N failed`; resolves to the exit code. */
export const main = async (_args: readonly string[], full = false): Promise<number> => {
  const redis = await findRedis();
  say(`Redis: ${redis.why}`);
  await using mongo = await testMongo();
  say('▸ checks …');
  const checks = await runGates();
  say('▸ tests …');
  const tests = await runTests(mongo.uri, full);
  const failures = [...checks.failures, ...tests.failures];
  if (failures.length > 0) say(`\nFailed:\n${failures.map((line) => `  ✗ ${line}`).join('\n')}\n`);
  process.stdout.write(`${lastLine([checks, tests])}\n`);
  return failures.length === 0 ? 0 : 1;
};
