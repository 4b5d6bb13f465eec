import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openSale } from '@eventhorizon/actors/open-sale';
import { bundleClient } from '@eventhorizon/build/client/bundle-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallHall } from './src/small-hall.ts';
import { testStack } from './src/test-stack.ts';

const run = promisify(execFile);
const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url));
const use = fileURLToPath(new URL('./src/packed-client-use.ts.txt', import.meta.url));

const CONFIG = {
  compilerOptions: {
    target: 'ES2022',
    lib: ['ES2022', 'ESNext.Disposable', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    module: 'NodeNext',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    types: ['node'],
    outDir: 'out',
  },
};

/** Output of a compiler or npm belongs to the failure. */
const told = async (command: Promise<{ stdout: string }>): Promise<string> =>
  (
    await command.catch((error: { stdout?: string; stderr?: string; message: string }) => {
      throw new Error(`${error.message}\n${error.stdout}\n${error.stderr}`);
    })
  ).stdout;

describe('the client as a package', () => {
  const folder = mkdtempSync(`${tmpdir()}/eventhorizon-packed-`);
  const project = `${folder}/project`;
  beforeAll(async () => {
    await bundleClient(`${folder}/client`);
    const packed = JSON.parse(await told(run('npm', ['pack', '--json'], { cwd: `${folder}/client` })));
    await told(run('mkdir', [project]));
    writeFileSync(`${project}/package.json`, '{ "private": true, "type": "module" }');
    cpSync(use, `${project}/use.ts`);
    const tarball = `${folder}/client/${packed[0].filename}`;
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    await told(run('npm', ['install', ...quiet, tarball, '@types/node@20.19.43'], { cwd: project }));
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the compiler finds wrong, our declarations checked as well. tRPC's own name packages that only servers have. */
  const faultsOf = async (file: string): Promise<string[]> => {
    writeFileSync(`${project}/tsconfig.json`, JSON.stringify({ ...CONFIG, files: [file] }));
    const said = await run(process.execPath, [tsc, '-p', project]).then(
      ({ stdout }) => stdout,
      ({ stdout }: { stdout: string }) => stdout,
    );
    return said
      .split('\n')
      .filter((line) => line.includes('error TS') && !line.includes('node_modules/@trpc/'));
  };

  test('types know every input and output outside the workspace, and a sale runs with it', async () => {
    expect(await faultsOf('use.ts')).toEqual([]);
    await using stack = await testStack();
    const { eventId } = await openSale(stack.url, {
      seatMap: smallHall,
      standing: 0,
      prices: { Stalls: 2500 },
    });
    const said = await told(run(process.execPath, [`${project}/out/use.js`, stack.url, eventId]));
    expect(said).toBe('units.unknown s:nowhere\npending EUR\n');
  });

  test('twin: a use that is wrong in three places has three faults', async () => {
    const wrong = readFileSync(use, 'utf8').replaceAll(/^.*@ts-expect-error.*$/gm, '');
    writeFileSync(`${project}/wrong.ts`, wrong);
    expect(await faultsOf('wrong.ts')).toHaveLength(3);
  });

  test('carries nothing of the server: no any, and imports of tRPC alone', () => {
    for (const name of ['create-client', 'domain-error', 'insistently', 'tokens', 'app-router']) {
      const types = readFileSync(`${folder}/client/${name}.d.ts`, 'utf8');
      const code = types.replaceAll(/\/\*[\s\S]*?\*\//g, '');
      expect(code).not.toMatch(/\bany\b/);
      expect(code).not.toMatch(/@eventhorizon|ApiDeps|Context\b/);
      for (const [, from] of code.matchAll(/^import .*'(.+)';$/gm)) expect(from).toMatch(/^(@trpc\/|\.\/)/);
    }
  });
});
