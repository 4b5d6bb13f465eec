#!/usr/bin/env node
import { readEnv } from './env.ts';
import type { Io } from './io.ts';
import { run } from './run.ts';

const terminal = process.stdout.isTTY === true;
try {
  const env = readEnv();
  const io: Io = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    terminal,
    color: terminal && process.stderr.isTTY === true && !env.noColor,
  };
  // Not process.exit: what is still being written to a pipe would be cut off.
  process.exitCode = await run(process.argv.slice(2), io, env);
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
