import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../paths.ts';
import { run } from '../process/run.ts';

const workspaces = {
  core: 'packages/core',
  db: 'packages/db',
  providers: 'packages/providers',
  client: 'packages/client',
  api: 'apps/api',
  worker: 'apps/worker',
  cli: 'apps/cli',
} as const;

/** A small workspace of these files in a temporary folder, linked like the real one. */
const workspaceOf = (files: Readonly<Record<string, string>>) => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-boundaries-`);
  const write = (file: string, text: string) => {
    mkdirSync(dirname(`${dir}/${file}`), { recursive: true });
    writeFileSync(`${dir}/${file}`, text);
  };
  mkdirSync(`${dir}/node_modules/@eventhorizon`, { recursive: true });
  for (const [name, folder] of Object.entries(workspaces)) {
    const manifest = { name: `@eventhorizon/${name}`, type: 'module', exports: { './*': './src/*.ts' } };
    write(`${folder}/package.json`, JSON.stringify(manifest));
    symlinkSync(`${dir}/${folder}`, `${dir}/node_modules/@eventhorizon/${name}`);
  }
  for (const [file, text] of Object.entries(files)) write(file, text);
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
};

/** What the project's own rules say to it: `rule: from -> to`, sorted. */
const violationsIn = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
  using workspace = workspaceOf(files);
  const printed = await run(
    `${repositoryRoot}/node_modules/.bin/depcruise`,
    ['--config', `${repositoryRoot}/.dependency-cruiser.cjs`, '--output-type', 'json', 'apps', 'packages'],
    { cwd: workspace.dir },
  ).catch((error: Error) => error.message);
  const { summary } = JSON.parse(printed.slice(printed.indexOf('{'))) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
  };
  return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`).sort();
};

const core = (path: string) => `packages/core/src/${path}.ts`;
const nothing = 'export const nothing = 0;\n';

test('imports as the design wants them break no rule', async () => {
  const violations = await violationsIn({
    [core('shared/ids')]: nothing,
    [core('holds/hold')]: "import { nothing } from '../shared/ids.ts';\nexport const hold = nothing;\n",
    'packages/db/src/store.ts':
      "import { hold } from '@eventhorizon/core/holds/hold';\nexport const store = hold;\n",
    'apps/api/src/deps.ts': "import { store } from '@eventhorizon/db/store';\nexport const deps = store;\n",
    'apps/api/src/app-router.ts': 'export type AppRouter = { n: number };\n',
    'packages/client/src/client.ts':
      "import type { AppRouter } from '@eventhorizon/api/app-router';\nexport type Client = AppRouter;\n",
    'apps/cli/src/main.ts':
      "import type { Client } from '@eventhorizon/client/client';\nexport type Cli = Client;\n",
  });
  expect(violations).toEqual([]);
});

test('two files that import each other are found, also when it is types alone', async () => {
  const violations = await violationsIn({
    [core('holds/a')]: "import type { B } from './b.ts';\nexport type A = B | 1;\n",
    [core('holds/b')]: "import type { A } from './a.ts';\nexport type B = A | 2;\n",
  });
  expect(violations.map((line) => line.split(':')[0])).toContain('no-cycles');
});

test('an import that resolves to nothing is found', async () => {
  const violations = await violationsIn({ [core('holds/a')]: "export * from './missing.ts';\n" });
  expect(violations).toContain(`no-unresolvable: ${core('holds/a')} -> ./missing.ts`);
});

test('core that imports a driver, a Node built-in or an adapter is found', async () => {
  const importing = (target: string) => `import * as x from '${target}';\nexport const a = x;\n`;
  const violations = await violationsIn({
    'node_modules/mongodb/package.json': '{ "name": "mongodb", "main": "index.js" }',
    'node_modules/mongodb/index.js': 'module.exports = {};\n',
    'packages/core/package.json': '{ "dependencies": { "mongodb": "1" } }',
    'packages/db/src/store.ts': nothing,
    [core('holds/driver')]: importing('mongodb'),
    [core('holds/built-in')]: importing('node:fs'),
    [core('holds/adapter')]: importing('@eventhorizon/db/store'),
  });
  const culprits = violations
    .filter((line) => line.startsWith('core-is-pure: '))
    .map((line) => line.split(' ')[1]);
  expect(culprits).toEqual([core('holds/adapter'), core('holds/built-in'), core('holds/driver')]);
});

const order = [
  ['shared', 'identity'],
  ['identity', 'venues'],
  ['organizations', 'venues'],
  ['venues', 'events'],
  ['events', 'inventory'],
  ['inventory', 'pricing'],
  ['pricing', 'holds'],
  ['holds', 'bookings'],
  ['bookings', 'payments'],
  ['payments', 'tickets'],
  ['tickets', 'refunds'],
  ['notifications', 'flows'],
] as const;

test('an aggregate that imports one after it is found, at every step of the order', async () => {
  const files = order.flatMap(([early, late], n) => [
    [
      core(`${early}/early-${n}`),
      `import { nothing } from '../${late}/late-${n}.ts';\nexport const x = nothing;\n`,
    ],
    [core(`${late}/late-${n}`), nothing],
  ]);
  const violations = await violationsIn(Object.fromEntries(files));
  for (const [n, [early, late]] of order.entries()) {
    const edge = `: ${core(`${early}/early-${n}`)} -> ${core(`${late}/late-${n}`)}`;
    expect(violations.filter((line) => line.startsWith('core-one-way-') && line.endsWith(edge))).toHaveLength(
      1,
    );
  }
  expect(violations).toHaveLength(order.length);
});

const misplaced = [
  ['adapters-know-core-only', 'packages/db', 'packages/providers'],
  ['adapters-know-core-only', 'packages/providers', 'packages/db'],
  ['wiring-in-deps-only', 'apps/api', 'packages/db'],
  ['wiring-in-deps-only', 'apps/worker', 'packages/providers'],
  ['clients-know-the-client-only', 'apps/cli', 'packages/db'],
  ['apps-are-leaves', 'packages/client', 'apps/api'],
  ['apps-are-leaves', 'apps/worker', 'apps/api'],
] as const;

test('an import across the layers is found, each kind by its rule', async () => {
  const files = misplaced.flatMap(([, from, to], n) => [
    [
      `${from}/src/from-${n}.ts`,
      `import { nothing } from '@eventhorizon/${to.split('/')[1]}/to-${n}';\nexport const x = nothing;\n`,
    ],
    [`${to}/src/to-${n}.ts`, nothing],
  ]);
  const violations = await violationsIn(Object.fromEntries(files));
  for (const [n, [rule, from, to]] of misplaced.entries()) {
    expect(violations).toContain(`${rule}: ${from}/src/from-${n}.ts -> ${to}/src/to-${n}.ts`);
  }
});

test('a name alone opens nothing: deps.ts below a folder is no composition root', async () => {
  const wiring = "import { nothing } from '@eventhorizon/db/b';\nexport const x = nothing;\n";
  const violations = await violationsIn({
    'packages/db/src/b.ts': nothing,
    'apps/worker/src/deps.ts': wiring,
    'apps/worker/src/runtime/deps.ts': wiring,
  });
  expect(violations).toEqual([
    'wiring-in-deps-only: apps/worker/src/runtime/deps.ts -> packages/db/src/b.ts',
  ]);
});

test('tests may wire up what they need', async () => {
  const violations = await violationsIn({
    'packages/providers/src/mail.int.test.ts':
      "import { nothing } from '@eventhorizon/api/b';\nexport const x = nothing;\n",
    'packages/db/src/testing/fixture.ts':
      "import { nothing } from '@eventhorizon/providers/b';\nexport const x = nothing;\n",
    'packages/providers/src/b.ts': nothing,
    'apps/api/src/b.ts': nothing,
  });
  expect(violations).toEqual([]);
});
