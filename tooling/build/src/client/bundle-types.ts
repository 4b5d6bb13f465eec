import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { repositoryRoot } from '@eventhorizon/devstack/paths';
import { type Plugin, rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { routerDeclaration } from './router-declaration.ts';

const ROUTER = /\/app-router\.ts$/;

/** A workspace package's export is the file of that name in its `src`. */
const sourceOf = (specifier: string): string | null => {
  const [, name, path] = /^@eventhorizon\/([\w-]+)\/(.+)$/.exec(specifier) ?? [];
  if (name === undefined || path === undefined) return null;
  return `${repositoryRoot}/${name === 'core' || name === 'client' ? 'packages' : 'apps'}/${name}/src/${path}.ts`;
};

/** In place of the router's source stands its declaration; what that names is found in our source. */
const declaredRouter = (declaration: string): Plugin => ({
  name: 'declared-router',
  resolveId: (source) => (ROUTER.test(source) ? declaration : sourceOf(source)),
});

/** Writes the types of the client's modules into `outDir`, whole: only tRPC's stay imported. */
export const bundleTypes = async (
  entries: Readonly<Record<string, string>>,
  outDir: string,
): Promise<void> => {
  mkdirSync(outDir, { recursive: true });
  const declaration = `${outDir}/router-in-full.d.ts`;
  writeFileSync(declaration, routerDeclaration());
  const bundle = await rollup({
    input: { ...entries },
    plugins: [declaredRouter(declaration), dts({ compilerOptions: { noEmit: false } })],
    external: [/^@trpc\//],
    onwarn: (warning) => {
      throw new Error(`types of the client: ${warning.message}`);
    },
  });
  await bundle.write({
    dir: outDir,
    format: 'es',
    entryFileNames: '[name].d.ts',
    chunkFileNames: 'types-[hash].d.ts',
  });
  await bundle.close();
  rmSync(declaration);
};
