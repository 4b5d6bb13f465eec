import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { inParallel } from '@eventhorizon/actors/in-parallel';
import { bundleApp } from '@eventhorizon/build/bundle';
import { createClient } from '@eventhorizon/client/create-client';
import { startGuarded } from '@eventhorizon/devstack/process/guarded';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { say, step } from '@eventhorizon/devstack/say';
import { type Servers, startServers } from '@eventhorizon/devstack/servers';
import {
  type AppName,
  apiUrl,
  appEnv,
  readyUrl,
  sandboxUrl,
  type Wiring,
} from '@eventhorizon/stack/apps/app-env';
import { nodeFlags } from '@eventhorizon/stack/apps/node-flags';
import { freePorts } from '@eventhorizon/stack/apps/ports';
import { startApps } from '@eventhorizon/stack/apps/start-apps';
import { migrateDatabase } from '@eventhorizon/stack/migrate-database';
import { generateSecrets, type Secrets } from '@eventhorizon/stack/secrets';
import { type Ceilings, startCeilings } from './ceilings/start-ceilings.ts';
import { type CpuMeter, cpuMeter } from './cpu-meter.ts';

/** Buyers who hold things. Enough that none meets the limit per person. */
const VISITORS = 2_000;

export type Process = { readonly cpu: CpuMeter; readonly stop: () => Promise<void> };

/** What is measured: bundles of the API and the worker on servers of their own, and the ceilings beside them. */
export type World = AsyncDisposable & {
  readonly apiUrl: string;
  readonly apiPort: number;
  /** Where the API's metrics are. */
  readonly apiInternalUrl: string;
  readonly api: Process;
  readonly ceilings: Ceilings;
  readonly servers: Servers;
  readonly secrets: Secrets;
  readonly sandboxUrl: string;
  /** Tokens of visitors. */
  readonly visitors: readonly string[];
  /** The worker is away until somebody needs it: it takes CPU from the rest. */
  readonly startWorker: () => Promise<Process>;
};

type BundledApp = 'api' | 'worker';

/** As in production, but for NODE_ENV, which would refuse the sandbox; nothing on the hot paths asks for it. */
const startBundle = async (app: BundledApp, dir: string, wiring: Wiring): Promise<Process> => {
  await bundleApp(app, `${dir}/${app}`);
  const profile = process.env.BENCH_PROFILE === app ? ['--cpu-prof', `--cpu-prof-dir=${process.cwd()}`] : [];
  const server = await startGuarded({
    command: process.execPath,
    args: [...nodeFlags(app), ...profile, `${dir}/${app}/main.js`],
    cwd: dir,
    logFile: `${dir}/logs/${app}.log`,
    env: { PATH: process.env.PATH, ...appEnv(app, wiring) },
  });
  await waitUntil(async () => ((await fetch(readyUrl(app, wiring.ports))).ok ? true : null), {
    what: `the bundled ${app} is ready`,
    timeoutMs: 30_000,
    failed: server.failure,
  });
  const internal = app === 'api' ? wiring.ports.apiInternal : wiring.ports.workerInternal;
  return { cpu: cpuMeter(internal), stop: () => server.stop() };
};

const makeVisitors = async (url: string): Promise<string[]> => {
  const visitors: string[] = [];
  await inParallel(Array.from({ length: VISITORS }), 50, async () => {
    visitors.push(await createClient({ url }).becomeVisitor());
  });
  return visitors;
};

export const startWorld = async (): Promise<World> => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-bench-`);
  const closing: (() => Promise<void>)[] = [async () => rmSync(dir, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  try {
    const servers = await startServers(dir, {});
    closing.push(servers.stop);
    await step('migrating', () => migrateDatabase(servers.mongoUri));
    const ports = await freePorts();
    const secrets = generateSecrets();
    const wiring: Wiring = { mongoUri: servers.mongoUri, redisUrl: servers.redisUrl, secrets, ports };
    const start = async (app: BundledApp) => {
      const running = await step(`bundling and starting the ${app}`, () => startBundle(app, dir, wiring));
      closing.push(running.stop);
      return running;
    };
    const names: readonly AppName[] = ['sandbox'];
    const sandbox = await step('starting the sandbox', () =>
      startApps({ ...wiring, names, logDir: `${dir}/logs` }),
    );
    closing.push(sandbox.stop);
    const api = await start('api');
    const ceilings = await startCeilings(servers.redisUrl, `${dir}/logs`);
    closing.push(ceilings.stop);
    const visitors = await step(`${VISITORS} visitors`, () => makeVisitors(apiUrl(ports)));
    let worker: Promise<Process> | null = null;
    return {
      apiUrl: apiUrl(ports),
      apiPort: ports.api,
      apiInternalUrl: `http://127.0.0.1:${ports.apiInternal}`,
      api,
      ceilings,
      servers,
      secrets,
      sandboxUrl: sandboxUrl(ports),
      visitors,
      startWorker: () => {
        worker ??= start('worker');
        return worker;
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    say('✗ the bench could not be set up');
    await close();
    throw error;
  }
};
