import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive } from './with-file-lock.ts';

const ownerOf = (file: string): number | null => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
};

/** Holds a lock file while this process lives; throws at once, naming the other's pid, when another process holds it. */
export const singleInstance = (file: string, what: string): Disposable => {
  mkdirSync(dirname(file), { recursive: true });
  const owner = ownerOf(file);
  if (owner !== null && owner > 0 && isAlive(owner))
    throw new Error(`${what} is running already (pid ${owner}; if that is something else, remove ${file}).`);
  writeFileSync(file, String(process.pid));
  return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
};
