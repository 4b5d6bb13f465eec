import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { repositoryRoot } from '@eventhorizon/devstack/paths';
import { build } from 'esbuild';
import { bundleTypes } from './bundle-types.ts';

const FOLDER = `${repositoryRoot}/packages/client`;
/** What others import, by the same names as inside the workspace. */
const MODULES = ['create-client', 'domain-error', 'insistently', 'tokens', 'app-router'] as const;
const entries = Object.fromEntries(MODULES.map((name) => [name, `${FOLDER}/src/${name}.ts`]));

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as { version: string };

/** tRPC's client and the event stream at run time, tRPC's server for its types alone; exactly as they were tested with. */
const DEPENDENCIES = ['@trpc/client', '@trpc/server', 'eventsource'] as const;
const dependencies = () =>
  Object.fromEntries(
    DEPENDENCIES.map((name) => [name, readJson(`${FOLDER}/node_modules/${name}/package.json`).version]),
  );

const manifest = () => ({
  name: '@eventhorizon/client',
  version: readJson(`${FOLDER}/package.json`).version,
  description: 'Typed client of the EventHorizon API',
  type: 'module',
  license: 'UNLICENSED',
  engines: { node: '>=20.19' },
  sideEffects: false,
  exports: Object.fromEntries(
    MODULES.map((name) => [`./${name}`, { types: `./${name}.d.ts`, default: `./${name}.js` }]),
  ),
  dependencies: dependencies(),
});

/**
 * Builds the client as a package of its own in `outDir`, to be packed or published from there: plain ES modules and declarations
 * that need nothing of this workspace, only tRPC and an event source from the registry.
 */
export const bundleClient = async (outDir: string): Promise<void> => {
  rmSync(outDir, { recursive: true, force: true });
  await build({
    absWorkingDir: repositoryRoot,
    entryPoints: entries,
    outdir: outDir,
    bundle: true,
    splitting: true,
    platform: 'neutral',
    format: 'esm',
    target: 'es2022',
    external: ['@trpc/*', 'eventsource'],
    logLevel: 'warning',
  });
  await bundleTypes(entries, outDir);
  writeFileSync(`${outDir}/package.json`, `${JSON.stringify(manifest(), null, 2)}\n`);
};
