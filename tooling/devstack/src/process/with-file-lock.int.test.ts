import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { run, tryRun } from './run.ts';
import { singleInstance } from './single-instance.ts';
import { withFileLock } from './with-file-lock.ts';

const temporaryFolder = () => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-lock-`);
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
};

const PROCESSES = 5;
const ROUNDS = 20;

/** Processes that begin at the same moment and each read a number, think, and write it back raised by one, 20 times. */
const countTogether = async (dir: string, locked: boolean): Promise<number> => {
  writeFileSync(`${dir}/count`, '0');
  const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const script = `
    import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
    import { setTimeout as think } from 'node:timers/promises';
    import { waitUntil } from ${module('./wait-until.ts')};
    import { withFileLock } from ${module('./with-file-lock.ts')};
    const raise = async () => {
      const n = Number(readFileSync('${dir}/count', 'utf8'));
      await think(5);
      writeFileSync('${dir}/count', String(n + 1));
    };
    writeFileSync('${dir}/ready-' + process.pid, '');
    const areAllReady = () => readdirSync('${dir}').filter((file) => file.startsWith('ready-')).length === ${PROCESSES};
    await waitUntil(async () => (areAllReady() ? true : null), { what: 'all are ready', timeoutMs: 60_000, everyMs: 5 });
    for (let i = 0; i < ${ROUNDS}; i += 1) await ${locked ? `withFileLock('${dir}/lock', 60_000, raise)` : 'raise()'};`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  await Promise.all(Array.from({ length: PROCESSES }, () => run(process.execPath, args)));
  return Number(readFileSync(`${dir}/count`, 'utf8'));
};

test('under the lock no process overwrites what another wrote', async () => {
  using temp = temporaryFolder();
  expect(await countTogether(temp.dir, true)).toBe(PROCESSES * ROUNDS);
});

test('twin: without the lock updates are lost', async () => {
  using temp = temporaryFolder();
  expect(await countTogether(temp.dir, false)).toBeLessThan(PROCESSES * ROUNDS);
});

test('a lock whose owner is dead is broken', async () => {
  using temp = temporaryFolder();
  const dead = Number((await tryRun('sh', ['-c', 'echo $$'])).stdout);
  writeFileSync(`${temp.dir}/lock`, String(dead));
  expect(await withFileLock(`${temp.dir}/lock`, 5_000, async () => 'in')).toBe('in');
});

test('a second instance is refused with the pid of the first, and a dead one does not count', async () => {
  using temp = temporaryFolder();
  const file = `${temp.dir}/instance`;
  {
    using _first = singleInstance(file, 'The stack');
    expect(() => singleInstance(file, 'The stack')).toThrow(
      `The stack is running already (pid ${process.pid}`,
    );
  }
  writeFileSync(file, String(Number((await tryRun('sh', ['-c', 'echo $$'])).stdout)));
  using again = singleInstance(file, 'The stack');
  expect(again).toBeDefined();
});
