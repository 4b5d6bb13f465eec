import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Child = AsyncDisposable & {
  /** Resolves with the first line that begins so; rejects, with all that was said, when the process ends without it. */
  readonly lineThatBegins: (prefix: string) => Promise<string>;
  /** The same for a line that has the text anywhere. */
  readonly lineThatHas: (text: string) => Promise<string>;
  readonly said: () => readonly string[];
  readonly say: (line: string) => void;
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL') => void;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/** Runs a file of this folder as a process of its own. `config` is what it gets as its one argument. Killed when disposed. */
export const spawnChild = (
  file: 'kill-at-step.ts' | 'kill-in-finalize.ts' | 'slow-handler.ts',
  config: object,
): Child => run(new URL(`./${file}`, import.meta.url), [JSON.stringify(config)]);

/** Runs the worker as it ships, with this environment. */
export const spawnWorker = (env: Readonly<Record<string, string>>): Child =>
  run(new URL('../../main.ts', import.meta.url), [], env);

const run = (file: URL, args: readonly string[], env?: Readonly<Record<string, string>>): Child => {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(file), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(env !== undefined && { env }),
  });
  const said: string[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const look = () => {
    for (const check of waiting) check();
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) throw new Error('the child has no output');
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line);
      look();
    });
  }
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      ended = true;
      look();
      resolve({ code, signal });
    });
  });
  const lineOf = (is: (line: string) => boolean, what: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const check = () => {
        const line = said.find(is);
        if (line === undefined && !ended) return;
        waiting.delete(check);
        if (line === undefined) reject(new Error(`ended without saying "${what}":\n${said.join('\n')}`));
        else resolve(line);
      };
      waiting.add(check);
      check();
    });
  return {
    exited,
    say: (line) => void child.stdin?.write(`${line}\n`),
    kill: (signal) => void child.kill(signal),
    said: () => said,
    lineThatBegins: (prefix) => lineOf((line) => line.startsWith(prefix), prefix),
    lineThatHas: (text) => lineOf((line) => line.includes(text), text),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};
