import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { type BundledApp, bundleApp } from '@eventhorizon/build/bundle';
import { type Guarded, startGuarded } from '@eventhorizon/devstack/process/guarded';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { testDatabase } from '@eventhorizon/devstack/test-database';
import { testRedis } from '@eventhorizon/devstack/test-redis';
import { expect, test } from 'vitest';
import { appEnv, readyUrl, type Wiring } from './apps/app-env.ts';
import { freePorts } from './apps/ports.ts';
import { migrateDatabase } from './migrate-database.ts';
import { generateSecrets } from './secrets.ts';

/** An app's bundle in a folder far from the workspace, so that nothing but what lies beside it can be found. */
const bundled = async (app: BundledApp) => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-bundle-`);
  await bundleApp(app, `${dir}/dist`);
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
};

const start = (app: 'api' | 'worker', dir: string, wiring: Wiring): Promise<Guarded> =>
  startGuarded({
    command: process.execPath,
    args: ['dist/main.js'],
    cwd: dir,
    logFile: `${dir}/log`,
    env: { PATH: process.env.PATH, ...appEnv(app, wiring) },
  });

const ready = (app: 'api' | 'worker', server: Guarded, wiring: Wiring) =>
  waitUntil(async () => ((await fetch(readyUrl(app, wiring.ports))).ok ? true : null), {
    what: `the bundled ${app} is ready`,
    timeoutMs: 30_000,
    failed: server.failure,
  });

const wiringOf = async (mongoUri: string, redisUrl: string): Promise<Wiring> => ({
  mongoUri,
  redisUrl,
  secrets: generateSecrets(),
  ports: await freePorts(),
});

test.each(['api', 'worker'] as const)('the bundle of the %s runs from a folder of its own', async (app) => {
  using bundle = await bundled(app);
  await using database = await testDatabase();
  await using redis = await testRedis();
  await migrateDatabase(database.uri);
  const wiring = await wiringOf(database.uri, redis.url);
  const server = await start(app, bundle.dir, wiring);
  try {
    await ready(app, server, wiring);
  } finally {
    await server.stop();
  }
  expect(await server.exited).toBe(0);
});

test('the bundle of the command line runs from a folder of its own', async () => {
  using bundle = await bundled('cli');
  const { stdout } = await promisify(execFile)(`${bundle.dir}/dist/main.js`, ['--help'], { cwd: bundle.dir });
  expect(stdout).toContain('Usage: eventhorizon');
});

test('twin: without the Lua files beside it the bundle of the api does not run', async () => {
  using bundle = await bundled('api');
  rmSync(`${bundle.dir}/dist/lua`, { recursive: true });
  await using database = await testDatabase();
  await using redis = await testRedis();
  const server = await start('api', bundle.dir, await wiringOf(database.uri, redis.url));
  expect(await server.exited).not.toBe(0);
  expect(server.failure()).toContain('/lua/');
});
