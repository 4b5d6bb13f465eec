import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createClient } from '@eventhorizon/client/create-client';
import { repositoryRoot } from '@eventhorizon/devstack/paths';
import { isPortFree } from '@eventhorizon/devstack/process/free-port';
import { tryRun } from '@eventhorizon/devstack/process/run';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { expect, test } from 'vitest';
import { apiUrl, type Ports } from '../apps/app-env.ts';
import { freePorts } from '../apps/ports.ts';
import type { Login } from '../seed/logins.ts';
import { startStack } from '../start-stack.ts';

/** Arguments of node that run a command's `main`, as tooling/bootstrap.mjs does. */
const commandArgs = (file: string): string[] => [
  '--import',
  'tsx',
  '--input-type=module',
  '--eval',
  `import { main } from ${JSON.stringify(new URL(file, import.meta.url).href)}; process.exitCode = await main([]);`,
];

/** Servers of its own, whatever the run of the tests uses. */
const ownServers = { MONGODB_URI: '', REDIS_URL: '', DEVSTACK_MONGOD: '' };

const temporaryFolder = () => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-start-`);
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
};

/** `npm run db:migrate` on the servers below `dir`; resolves to what it said. */
const dbMigrate = async (dir: string): Promise<string> => {
  const { code, stderr } = await tryRun(process.execPath, commandArgs('./migrate.ts'), {
    cwd: repositoryRoot,
    env: { ...process.env, ...ownServers, DEVSTACK_DATA: dir },
  });
  expect(code).toBe(0);
  return stderr;
};

/** `npm start` as a process of its own. Resolves when it says that it is up. */
const npmStart = async (dir: string, ports: Ports) => {
  const child = spawn(process.execPath, commandArgs('./start.ts'), {
    cwd: repositoryRoot,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      ...ownServers,
      DEVSTACK_DATA: dir,
      PORT: String(ports.api),
      INTERNAL_PORT: String(ports.apiInternal),
      WORKER_INTERNAL_PORT: String(ports.workerInternal),
      SANDBOX_PORT: String(ports.sandbox),
    },
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  await waitUntil(async () => (said.includes('EventHorizon is up.') ? true : null), {
    what: 'npm start is up',
    timeoutMs: 100_000,
    failed: () => (child.exitCode === null ? null : said),
  });
  return {
    said: () => said,
    ctrlC: async (): Promise<unknown> => {
      child.kill('SIGINT');
      const [code] = await once(child, 'exit');
      return code;
    },
  };
};

/** Every address that the start named, and the internal ports. */
const portsNamedIn = (said: string, ports: Ports): number[] => [
  ...Object.values(ports),
  ...[...said.matchAll(/(?:mongodb|redis):\/\/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port)),
];

test('a start after a mere migration seeds what buyers can see, tells each step, leaves nothing running after Ctrl-C, and the next one keeps the data', async () => {
  using temp = temporaryFolder();
  const ports = await freePorts();
  const onSale = async () => {
    const { items } = await createClient({ url: apiUrl(ports) }).api.events.listPublic.query({});
    return items.map(({ id }) => id).sort();
  };

  expect(await dbMigrate(temp.dir)).toMatch(/migrated: [1-9]\d* collections are new/);
  const first = await npmStart(temp.dir, ports);
  for (const step of [
    'starting MongoDB',
    'starting Redis',
    'migrating',
    'starting sandbox, API and worker',
    'seeding',
  ])
    expect(first.said()).toContain(`▸ ${step}`);
  const seeded = await onSale();
  expect(seeded).toHaveLength(2);
  expect(await first.ctrlC()).toBe(0);
  const used = portsNamedIn(first.said(), ports);
  expect(used).toHaveLength(6);
  expect(await Promise.all(used.map(isPortFree))).toEqual(used.map(() => true));

  const second = await npmStart(temp.dir, ports);
  expect(await onSale()).toEqual(seeded);
  const [owner] = JSON.parse(readFileSync(`${temp.dir}/logins.json`, 'utf8')) as Login[];
  const client = createClient({ url: apiUrl(ports) });
  await client.logIn({ login: owner?.username ?? '', password: owner?.password ?? '' });
  expect(await second.ctrlC()).toBe(0);
});

test('an app that dies is named', async () => {
  using temp = temporaryFolder();
  await using stack = await startStack({ dataDir: temp.dir, ports: await freePorts(), serverEnv: {} });
  const pid = stack.apps.processes.get('worker')?.pid;
  if (pid === undefined) throw new Error('the worker does not run');
  process.kill(pid, 'SIGKILL');
  expect(await stack.crashed).toContain('worker ended');
});
