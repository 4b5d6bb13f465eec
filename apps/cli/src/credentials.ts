import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tokens } from '@eventhorizon/client/tokens';
import { z } from 'zod';

const fileSchema = z.record(
  z.string(),
  z.object({ accessToken: z.string(), refreshToken: z.string(), username: z.string() }),
);

export type Login = Tokens & { readonly username: string };

/** Log-ins by the address of the API, in one file that only its owner can read. */
export type CredentialStore = {
  readonly find: (url: string) => Promise<Login | null>;
  /** null: forget it. */
  readonly save: (url: string, login: Login | null) => Promise<void>;
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

export const credentialStore = (configDir: string): CredentialStore => {
  const path = join(configDir, 'credentials.json');
  const readAll = async (): Promise<Record<string, Login>> => {
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return '{}';
      throw error;
    });
    try {
      return fileSchema.parse(JSON.parse(text));
    } catch (cause) {
      throw new Error(`${path} cannot be read. Remove it and log in again.`, { cause });
    }
  };
  return {
    find: async (url) => (await readAll())[url] ?? null,
    save: async (url, login) => {
      const { [url]: _before, ...others } = await readAll();
      const all = login === null ? others : { ...others, [url]: login };
      await mkdir(configDir, { recursive: true, mode: 0o700 });
      if (Object.keys(all).length === 0) {
        await rm(path, { force: true });
        return;
      }
      // Written aside and moved, so that a reader never sees half a file; the mode is set again because umask may loosen nothing but tighten.
      const aside = `${path}.${process.pid}`;
      await writeFile(aside, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
      await chmod(aside, 0o600);
      await rename(aside, path);
    },
  };
};
