import { createInterface } from 'node:readline/promises';
import { say } from './say.ts';

/** How to ask a person; null where there is none (CI, a pipe). */
export type Ask = ((question: string) => Promise<string>) | null;

/**
 * Says what is about to be installed and why, each time. The first time it also asks, if there is somebody to ask, and a no
 * throws; a yes holds for everything that follows, so that a bare machine asks once.
 */
export const createAnnouncer = (ask: Ask, tell: (text: string) => void) => {
  let agreed = ask === null;
  return async (what: string, why: string): Promise<void> => {
    tell(`! ${why}\n  To be installed: ${what}`);
    if (ask === null || agreed) return;
    const answer = await ask('  Go on, also with whatever else is missing? [Y/n] ');
    if (/^n/i.test(answer.trim())) throw new Error(`not installed: ${what}`);
    agreed = true;
  };
};

const askAtTerminal = async (question: string): Promise<string> => {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
};

const somebodyIsThere =
  process.stdin.isTTY === true && process.stderr.isTTY === true && process.env.CI === undefined;

/** `createAnnouncer` for this process: asks at a terminal, goes on elsewhere. */
export const announceInstall = createAnnouncer(somebodyIsThere ? askAtTerminal : null, say);
