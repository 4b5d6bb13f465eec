import { announceInstall } from '../announce-install.ts';
import { canInstallDebianPackages, installDebianPackage } from '../debian-package.ts';
import { isAtLeast, parseVersion } from '../mongo/order.ts';
import { findOnPath } from '../process/find-on-path.ts';
import { tryRun } from '../process/run.ts';

export type RedisServer = { readonly command: string; readonly version: string; readonly why: string };

/** Functions and script flags that the scripts here use came with 6.2. */
const OLDEST = [6, 2] as const;

/** What to type where we may not install anything ourselves. */
export const installHint = (platform: NodeJS.Platform): string => {
  if (platform === 'darwin') return 'brew install redis';
  if (platform === 'win32') return 'run it under WSL: sudo apt-get install redis-server';
  return 'sudo apt-get install redis-server   (or: dnf install valkey, apk add redis, pacman -S valkey)';
};

const onPath = async (): Promise<RedisServer | null> => {
  for (const name of ['redis-server', 'valkey-server']) {
    const command = findOnPath(name, ['/usr/sbin', '/opt/homebrew/bin']);
    if (command === null) continue;
    const version = parseVersion((await tryRun(command, ['--version'])).stdout);
    if (version === null || !isAtLeast(version, ...OLDEST)) continue;
    return { command, version, why: `${name} ${version} from ${command}` };
  }
  return null;
};

/** A Redis server program: from PATH, else Debian's package when root; else throws, naming the command to type. */
export const findRedis = async (): Promise<RedisServer> => {
  const found = await onPath();
  if (found !== null) return found;
  const need = `There is no redis-server or valkey-server ${OLDEST.join('.')} or newer on PATH.`;
  if (!canInstallDebianPackages()) {
    throw new Error(`${need}\nInstall one: ${installHint(process.platform)}\nor set REDIS_URL.`);
  }
  await announceInstall("Debian's redis-server", need);
  await installDebianPackage('redis-server');
  const installed = await onPath();
  if (installed === null)
    throw new Error("Debian's redis-server was installed and is still not found or too old");
  return installed;
};
