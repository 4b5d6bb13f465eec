import { spawn } from 'node:child_process';

export type RunOptions = {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  readonly timeoutMs?: number;
  /** What it reads on standard input; nothing unless given. */
  readonly input?: string;
};

export type RunResult = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a program to its end and collects what it printed. Throws only when it cannot be started. */
export const tryRun = (
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> =>
  new Promise((resolve, reject) => {
    const { timeoutMs, input, ...rest } = options;
    const child = spawn(command, [...args], {
      ...rest,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      stderr += String(chunk);
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });

/** Like `tryRun`, and throws with the end of what was printed when the exit code is not 0. */
export const run = async (
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> => {
  const { code, stdout, stderr } = await tryRun(command, args, options);
  if (code !== 0) {
    const printed = `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n');
    throw new Error(`\`${command} ${args.join(' ')}\` ended with exit code ${code}\n${printed}`);
  }
  return stdout;
};
