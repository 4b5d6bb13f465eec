import { main as start } from './start.ts';

/** `npm start` whose apps restart when their source changes, with their logs in sight. */
export const main = (args: readonly string[]): Promise<number> => start(args, true);
