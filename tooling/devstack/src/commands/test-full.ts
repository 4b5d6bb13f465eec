import { main as test } from './test.ts';

/** `npm test` with every property tried twenty times as often (TEST_FULL=1). Takes as long as it takes. */
export const main = (args: readonly string[]): Promise<number> => test(args, true);
