import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export type CliRun = { readonly code: number | null; readonly out: string; readonly err: string };

export type TestCli = Disposable & {
  readonly configHome: string;
  /** Runs the real program as a child process with a home of its own. */
  readonly run: (args: readonly string[], input?: string) => Promise<CliRun>;
};

export const testCli = (url: string): TestCli => {
  const configHome = mkdtempSync(`${tmpdir()}/eventhorizon-cli-`);
  return {
    configHome,
    run: async (args, input = '') => {
      const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
        env: { XDG_CONFIG_HOME: configHome, EVENTHORIZON_URL: url },
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
