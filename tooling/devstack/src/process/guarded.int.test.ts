import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { startGuarded } from './guarded.ts';
import { waitUntil } from './wait-until.ts';
import { isAlive } from './with-file-lock.ts';

const gone = (pid: number) =>
  waitUntil(async () => (isAlive(pid) ? null : true), { what: `process ${pid} ends`, timeoutMs: 10_000 });

const temporaryFolder = () => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-guard-`);
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
};

/** A process of its own that starts a server and prints the server's pid; `guarded` or a plain detached child. */
const starter = (dir: string, how: 'guarded' | 'unguarded') => {
  const guarded = `import { startGuarded } from ${JSON.stringify(new URL('./guarded.ts', import.meta.url).href)};
    const server = await startGuarded({ command: 'sleep', args: ['600'], cwd: '/', logFile: '${dir}/log' });
    console.log(server.pid);`;
  const plain = `import { spawn } from 'node:child_process';
    console.log(spawn('sleep', ['600'], { detached: true, stdio: 'ignore' }).pid);`;
  const script = how === 'guarded' ? guarded : plain;
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', `${script} setInterval(() => undefined, 1000);`],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return child;
};

const pidOfServer = async (child: ReturnType<typeof starter>): Promise<number> => {
  const [chunk] = await once(child.stdout, 'data');
  return Number(String(chunk).trim());
};

test('a server ends when the process that started it is killed with SIGKILL', async () => {
  using temp = temporaryFolder();
  const child = starter(temp.dir, 'guarded');
  const pid = await pidOfServer(child);
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  await gone(pid);
});

test('twin: without the guard it lives on', async () => {
  using temp = temporaryFolder();
  const child = starter(temp.dir, 'unguarded');
  const pid = await pidOfServer(child);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isAlive(pid)).toBe(true);
  process.kill(pid, 'SIGKILL');
  await gone(pid);
});

test('a server that ends by itself is reported with its exit code and the end of its log', async () => {
  using temp = temporaryFolder();
  const server = await startGuarded({
    command: 'sh',
    args: ['-c', 'echo out of luck; exit 3'],
    cwd: '/',
    logFile: `${temp.dir}/log`,
  });
  expect(await server.exited).toBe(3);
  expect(server.failure()).toContain('exit code 3\nout of luck');
});

test('a server that ignores SIGTERM is killed after its grace', async () => {
  using temp = temporaryFolder();
  const server = await startGuarded({
    command: 'sh',
    args: ['-c', 'trap "" TERM; echo ready; while :; do sleep 1; done'],
    cwd: '/',
    logFile: `${temp.dir}/log`,
  });
  await server.stop(100);
  await gone(server.pid);
  expect(server.failure()).not.toBeNull();
});
