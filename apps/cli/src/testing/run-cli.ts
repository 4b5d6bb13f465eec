import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { readEnv } from '../env.ts';
import { run } from '../run.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export type CliRun = { readonly code: number | null; readonly out: string; readonly err: string };
type Run = (args: readonly string[], input?: string) => Promise<CliRun>;

export type TestCli = Disposable & {
  readonly configHome: string;
  /** What the program does with these arguments and this piped input, in this process: starting one costs more than most commands. */
  readonly run: Run;
  /** Runs the real program as a child process. */
  readonly runProgram: Run;
};

/** The command line with a home of its own, for the API at `url`. */
export const testCli = (url: string): TestCli => {
  const configHome = mkdtempSync(`${tmpdir()}/eventhorizon-cli-`);
  const variables = { XDG_CONFIG_HOME: configHome, EVENTHORIZON_URL: url };
  return {
    configHome,
    run: async (args, input = '') => {
      const [stdout, stderr] = [new PassThrough(), new PassThrough()];
      const written = Promise.all([text(stdout), text(stderr)]);
      const io = { stdin: Readable.from(Buffer.from(input)), stdout, stderr, terminal: false, color: false };
      const code = await run(args, io, readEnv(variables));
      stdout.end();
      stderr.end();
      const [out, err] = await written;
      return { code, out, err };
    },
    runProgram: async (args, input = '') => {
      const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
        env: variables,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      child.stdin.end(input);
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      return { code, out, err };
    },
    [Symbol.dispose]: () => rmSync(configHome, { recursive: true, force: true }),
  };
};
