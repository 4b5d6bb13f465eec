import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';

/**
 * Runs "$@" and ends it with SIGTERM as soon as stdin closes, which the kernel does when the starting process is gone,
 * however it went (also kill -9). The watcher is killed before the shell ends, so it can never hit a reused pid.
 */
const GUARD = `
exec 3<&0 </dev/null
"$@" 3<&- &
server=$!
echo "$server" >&4
exec 4>&-
( cat <&3 >/dev/null 2>&1; kill -TERM "$server" 2>/dev/null ) &
watcher=$!
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;

export type GuardedOptions = {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /**
   * Where stdout and stderr are appended: a file, because a full pipe would stop the server; null shows them on our own
   * stderr.
   */
  readonly logFile: string | null;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
};

export type Guarded = {
  readonly pid: number;
  /** Why it is not running any more, with the end of its log; null while it runs. */
  readonly failure: () => string | null;
  /** Resolves when the process has ended, for whatever reason, with its exit code. */
  readonly exited: Promise<number>;
  /** SIGTERM, and after `graceMs` SIGKILL. Resolves when it has ended. */
  readonly stop: (graceMs?: number) => Promise<void>;
};

const tail = (file: string | null): string =>
  file === null ? '' : `\n${readFileSync(file, 'utf8').trimEnd().split('\n').slice(-12).join('\n')}`;

const firstLine = async (stream: NodeJS.ReadableStream): Promise<string> => {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.trim();
};

const killQuietly = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended between the look and the kill: that is what was wanted.
  }
};

/**
 * Starts a server that cannot outlive this process. It runs in a process group of its own, so that Ctrl-C at a terminal
 * reaches only us and we decide the order in which things stop.
 */
export const startGuarded = async (options: GuardedOptions): Promise<Guarded> => {
  const log = options.logFile === null ? 2 : openSync(options.logFile, 'a');
  const child = spawn('sh', ['-c', GUARD, 'guard', options.command, ...options.args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    stdio: ['pipe', log, log, 'ignore', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid ?? options.uid }),
  });
  if (options.logFile !== null) closeSync(log);
  let code: number | null = null;
  const exited = once(child, 'exit').then(([status]) => {
    code = typeof status === 'number' ? status : 1;
    child.stdin?.destroy();
    return code;
  });
  child.stdin?.on('error', () => undefined);
  const announced = child.stdio[4];
  if (announced === null || announced === undefined || !('read' in announced)) {
    throw new Error('the guard has no pipe to announce the pid on');
  }
  const pid = Number(await firstLine(announced));
  if (!Number.isInteger(pid) || pid <= 0) throw new Error(`${options.command} could not be started`);
  return {
    pid,
    exited,
    failure: () => (code === null ? null : `ended with exit code ${code}${tail(options.logFile)}`),
    stop: async (graceMs = 10_000) => {
      if (code !== null) return;
      killQuietly(pid, 'SIGTERM');
      const harder = setTimeout(() => killQuietly(pid, 'SIGKILL'), graceMs);
      await exited;
      clearTimeout(harder);
    },
  };
};
