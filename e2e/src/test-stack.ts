import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type TestDatabase, testDatabase } from '@eventhorizon/devstack/test-database';
import { type TestRedis, testRedis } from '@eventhorizon/devstack/test-redis';
import { apiUrl, sandboxUrl } from '@eventhorizon/stack/apps/app-env';
import { freePorts } from '@eventhorizon/stack/apps/ports';
import { type Apps, startApps } from '@eventhorizon/stack/apps/start-apps';
import { migrateDatabase } from '@eventhorizon/stack/migrate-database';
import { generateSecrets } from '@eventhorizon/stack/secrets';
import { type SandboxControl, sandboxControl } from './sandbox-control.ts';

export type TestStack = AsyncDisposable & {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly publishableKey: string;
  readonly sandbox: SandboxControl;
  readonly apps: Apps;
  readonly database: TestDatabase;
  readonly redis: TestRedis;
};

/** The whole system as it runs in production, three processes over a database and a Redis of its own: `await using`. */
export const testStack = async (env: Readonly<Record<string, string>> = {}): Promise<TestStack> => {
  const [database, redis, ports] = await Promise.all([testDatabase(), testRedis(), freePorts()]);
  const logDir = mkdtempSync(`${tmpdir()}/eventhorizon-e2e-`);
  const secrets = generateSecrets();
  await migrateDatabase(database.uri);
  const apps = await startApps({ mongoUri: database.uri, redisUrl: redis.url, secrets, ports, logDir, env });
  return {
    url: apiUrl(ports),
    sandboxUrl: sandboxUrl(ports),
    publishableKey: secrets.STRIPE_PUBLISHABLE_KEY,
    sandbox: sandboxControl(sandboxUrl(ports)),
    apps,
    database,
    redis,
    [Symbol.asyncDispose]: async () => {
      await apps.stop();
      await Promise.all([database[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()]);
      rmSync(logDir, { recursive: true, force: true });
    },
  };
};
