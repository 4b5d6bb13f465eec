import { CommanderError } from 'commander';
import type { CliEnv } from './env.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';
import { reportError } from './report-error.ts';

const EXIT_USAGE = 2;

/** Runs one command line (without node and script) and returns its exit code. Never throws. */
export const run = async (args: readonly string[], io: Io, env: CliEnv): Promise<number> => {
  const program = createProgram(io, env);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    // Help and version end with 0; everything else that commander refuses is wrong usage, which it has told already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    const { url, json } = program.opts<{ url: string; json?: true }>();
    return reportError(io, error, { json: json === true, url });
  }
};
