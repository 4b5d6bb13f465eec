import { main as test } from './test.ts';

/** `npm test` with the long runs: soaks, large maps, many repetitions (TEST_FULL=1). */
export const main = (args: readonly string[]): Promise<number> => test(args, true);
