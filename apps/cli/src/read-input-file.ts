import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/** A file's text; `-` is standard input. */
export const readInputFile = async (io: Io, path: string): Promise<string> => {
  if (path === '-') return text(io.stdin);
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const said = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a directory',
      EACCES: 'it may not be read',
    }[reason];
    throw new UsageError(`Cannot read ${path}: ${said ?? reason}.`, { cause });
  }
};
