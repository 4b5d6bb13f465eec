import { createInterface } from 'node:readline/promises';
import { say } from './say.ts';

/**
 * Says what is about to be installed and why. At a terminal it asks once, and a no throws; elsewhere (CI, a pipe) it goes on.
 */
export const announceInstall = async (what: string, why: string): Promise<void> => {
  say(`! ${why}\n  To be installed: ${what}`);
  if (!process.stdin.isTTY || !process.stderr.isTTY || process.env.CI !== undefined) return;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question('  Go on? [Y/n] ');
  terminal.close();
  if (/^n/i.test(answer.trim())) throw new Error(`not installed: ${what}`);
};
