import { chmodSync, cpSync, rmSync } from 'node:fs';
import { repositoryRoot } from '@eventhorizon/devstack/paths';
import { type BuildResult, build } from 'esbuild';

export const BUNDLED_APPS = ['api', 'worker', 'cli'] as const;
export type BundledApp = (typeof BUNDLED_APPS)[number];

/**
 * Left out of the bundle: what carries a native binary (installed beside it), and what the MongoDB driver only tries to
 * load for features that are not used here.
 */
const EXTERNAL = [
  '@node-rs/argon2',
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

/** Bundles an app's main.ts into `outDir`/main.js, one ES module for Node 20 with a source map, and its Lua files into `outDir`/lua. */
export const bundleApp = async (app: BundledApp, outDir: string): Promise<BuildResult> => {
  rmSync(outDir, { recursive: true, force: true });
  const result = await build({
    absWorkingDir: repositoryRoot,
    entryPoints: [`apps/${app}/src/main.ts`],
    outfile: `${outDir}/main.js`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'linked',
    external: EXTERNAL,
    banner: { js: app === 'cli' ? `#!/usr/bin/env node\n${BANNER}` : BANNER },
    logLevel: 'warning',
  });
  if (RUNS_LUA.has(app)) {
    cpSync(`${repositoryRoot}/packages/db/src/redis/lua`, `${outDir}/lua`, {
      recursive: true,
      filter: (file) => !/\.[^/.]+$/.test(file) || file.endsWith('.lua'),
    });
  }
  if (app === 'cli') chmodSync(`${outDir}/main.js`, 0o755);
  return result;
};
