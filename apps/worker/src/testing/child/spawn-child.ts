import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Child = AsyncDisposable & {
  /** Resolves with the first line that begins so; rejects, with all that was said, when the process ends without it. */
  readonly lineThatBegins: (prefix: string) => Promise<string>;
  readonly say: (line: string) => void;
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL') => void;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

/** Runs a file of this folder as a process of its own. `config` is what it gets as its one argument. Killed when disposed. */
export const spawnChild = (
  file: 'kill-at-step.ts' | 'kill-in-finalize.ts' | 'slow-handler.ts',
  config: object,
): Child => {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL(`./${file}`, import.meta.url)), JSON.stringify(config)],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
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
  return {
    exited,
    say: (line) => void child.stdin?.write(`${line}\n`),
    kill: (signal) => void child.kill(signal),
    lineThatBegins: (prefix) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const line = said.find((one) => one.startsWith(prefix));
          if (line === undefined && !ended) return;
          waiting.delete(check);
          if (line === undefined) reject(new Error(`no line "${prefix}…":\n${said.join('\n')}`));
          else resolve(line);
        };
        waiting.add(check);
        check();
      }),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};
