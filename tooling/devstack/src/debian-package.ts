import { existsSync } from 'node:fs';
import { tryRun } from './process/run.ts';
import { step } from './say.ts';

/** Whether packages can be installed here without asking for a password. */
export const canInstallDebianPackages = (): boolean =>
  process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version');

const apt = async (args: readonly string[]): Promise<string | null> => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { code, stdout, stderr } = await tryRun('apt-get', args, { env });
  return code === 0 ? null : `${stdout}\n${stderr}`.trim().split('\n').slice(-10).join('\n');
};

/**
 * Installs a Debian package without recommended extras. A fresh machine's package lists are empty or stale, so when
 * the first try fails they are fetched and it is tried once more. `-o DPkg::Lock::Timeout` waits for another apt to end.
 */
export const installDebianPackage = (name: string): Promise<void> =>
  step(`apt-get install ${name}`, async () => {
    const install = ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '-q', '--no-install-recommends', name];
    if ((await apt(install)) === null) return;
    const stale = await apt(['-o', 'DPkg::Lock::Timeout=300', 'update', '-q']);
    const failure = await apt(install);
    if (failure !== null) throw new Error(`apt-get install ${name} failed:\n${failure}\n${stale ?? ''}`);
  });
