import { chmodSync, cpSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { repositoryRoot } from '@eventhorizon/devstack/paths';
import { FONT_FILES } from '@eventhorizon/providers/documents/font-files';
import { build } from 'esbuild';

export const BUNDLED_APPS = ['api', 'worker', 'cli'] as const;
export type BundledApp = (typeof BUNDLED_APPS)[number];

/** Carries a native binary, so it is copied beside the bundle: build on the platform that it shall run on. */
const NATIVE = { name: '@node-rs/argon2', from: 'packages/providers/node_modules/@node-rs/argon2' } as const;

/** What the MongoDB driver and BullMQ only try to load, for features that are not used here. */
const OPTIONAL = [
  '@aws-sdk/credential-providers',
  '@mongodb-js/zstd',
  'gcp-metadata',
  'kerberos',
  'mongodb-client-encryption',
  'msgpackr-extract',
  'snappy',
  'socks',
];

/** CommonJS packages inside an ES module still call these. */
const BANNER = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  "const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
].join('\n');

/** Apps that run Lua scripts, which the loader looks for in `./lua/` beside the file it stands in. */
const RUNS_LUA: ReadonlySet<BundledApp> = new Set(['api', 'worker']);

/** Apps that draw documents: their thread's code is `./document-worker.js` beside the bundle, its fonts are in `./fonts/`. */
const DRAWS_DOCUMENTS: ReadonlySet<BundledApp> = new Set(['api', 'worker']);
const DOCUMENTS = 'packages/providers/src/documents';

/** The package and, beside it in pnpm's store, the one that carries this platform's binary. */
const copyNative = (outDir: string): void => {
  const scope = dirname(realpathSync(`${repositoryRoot}/${NATIVE.from}`));
  const target = `${outDir}/node_modules/${dirname(NATIVE.name)}`;
  for (const name of readdirSync(scope))
    cpSync(realpathSync(`${scope}/${name}`), `${target}/${name}`, { recursive: true });
};

/**
 * Bundles an app's main.ts into `outDir`/main.js, one ES module for Node 20 with a source map, with everything it
 * needs beside it: its Lua files in `outDir`/lua, the thread that draws documents and its fonts, the native package in
 * `outDir`/node_modules.
 */
export const bundleApp = async (app: BundledApp, outDir: string): Promise<void> => {
  rmSync(outDir, { recursive: true, force: true });
  const result = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: {
      main: `apps/${app}/src/main.ts`,
      ...(DRAWS_DOCUMENTS.has(app) && { 'document-worker': `${DOCUMENTS}/document-worker.ts` }),
    },
    outdir: outDir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'linked',
    metafile: true,
    external: [NATIVE.name, ...OPTIONAL],
    banner: { js: BANNER },
    logLevel: 'warning',
  });
  if (RUNS_LUA.has(app)) {
    cpSync(`${repositoryRoot}/packages/db/src/redis/lua`, `${outDir}/lua`, {
      recursive: true,
      filter: (file) => !/\.[^/.]+$/.test(file) || file.endsWith('.lua'),
    });
  }
  if (DRAWS_DOCUMENTS.has(app)) {
    const { resolve } = createRequire(`${repositoryRoot}/${DOCUMENTS}/font-files.ts`);
    for (const { name, specifier } of FONT_FILES) cpSync(resolve(specifier), `${outDir}/fonts/${name}`);
  }
  const imports = Object.values(result.metafile.outputs).flatMap((output) => output.imports);
  if (imports.some(({ path }) => path === NATIVE.name)) copyNative(outDir);
  writeFileSync(`${outDir}/package.json`, '{ "type": "module" }\n');
  if (app === 'cli') chmodSync(`${outDir}/main.js`, 0o755);
};
