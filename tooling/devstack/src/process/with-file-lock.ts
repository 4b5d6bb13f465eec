import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { waitUntil } from './wait-until.ts';

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const take = (file: string): boolean => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    // An empty file is one whose owner has not written its pid yet.
    if (owner > 0 && !isAlive(owner)) rmSync(file, { force: true });
  } catch {
    // It was released between the two looks: the next try takes it.
  }
  return false;
};

/** Runs `work` while no other process of this machine runs under the same lock file. A dead owner's lock is broken. */
export const withFileLock = async <T>(
  file: string,
  timeoutMs: number,
  work: () => Promise<T>,
): Promise<T> => {
  mkdirSync(dirname(file), { recursive: true });
  await waitUntil(async () => (take(file) ? true : null), { what: `lock ${file}`, timeoutMs, everyMs: 100 });
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
};
