import { mkdirSync } from 'node:fs';
import { cacheDir } from '../paths.ts';
import { run, tryRun } from '../process/run.ts';

const USER = 'eventhorizon-mongod';
const HOME = `/var/lib/${USER}`;

/** Who runs the fallback server, and a folder that this user owns. */
export type WineUser = { readonly uid: number; readonly gid: number; readonly home: string };

/**
 * The unprivileged user of the fallback server: as root a system user of its own (made on first use), else ourselves.
 */
export const wineUser = async (): Promise<WineUser> => {
  const uid = process.getuid?.() ?? -1;
  if (uid !== 0) {
    const home = `${cacheDir}/wine`;
    mkdirSync(home, { recursive: true });
    return { uid, gid: process.getgid?.() ?? uid, home };
  }
  if ((await tryRun('id', ['-u', USER])).code !== 0) {
    await run('useradd', [
      '--system',
      '--user-group',
      '--create-home',
      '--home-dir',
      HOME,
      '--shell',
      '/usr/sbin/nologin',
      USER,
    ]);
  }
  return {
    uid: Number(await run('id', ['-u', USER])),
    gid: Number(await run('id', ['-g', USER])),
    home: HOME,
  };
};
