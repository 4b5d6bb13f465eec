import { writeFile } from 'node:fs/promises';
import { UsageError } from './usage-error.ts';

/** Writes a new file; one that is there is not overwritten. Only its owner may read it: tickets and names are in such files. */
export const writeOutputFile = async (path: string, content: string | Uint8Array): Promise<void> => {
  try {
    await writeFile(path, content, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const said = { EEXIST: 'there is such a file', ENOENT: 'there is no such directory' }[reason];
    throw new UsageError(`Cannot write ${path}: ${said ?? reason}.`, { cause });
  }
};
