import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

/** Nobody is in the middle of breaking a lock for this long: whoever made the folder is dead. */
const BREAKING_MS = 10_000;

const ownerOf = (file: string): number => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
};

/** An empty file, or one that is gone, is not dead: its owner has not written its pid yet, or has just released it. */
const isDead = (owner: number): boolean => owner > 0 && !isAlive(owner);

/**
 * Removes the lock of a dead owner. Only one process at a time looks and removes, or a slow one would remove the lock that
 * the next owner has just taken.
 */
const breakIfDead = (file: string): void => {
  if (!isDead(ownerOf(file))) return;
  const breaking = `${file}.breaking`;
  try {
    mkdirSync(breaking);
  } catch {
    const since = statSync(breaking, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > BREAKING_MS) rmSync(breaking, { recursive: true, force: true });
    return;
  }
  if (isDead(ownerOf(file))) rmSync(file, { force: true });
  rmSync(breaking, { recursive: true, force: true });
};

const take = (file: string): boolean => {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    breakIfDead(file);
    return false;
  }
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
