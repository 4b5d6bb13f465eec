import { say, step } from '@eventhorizon/devstack/say';
import { type ServerEnv, type Servers, startServers } from '@eventhorizon/devstack/servers';
import { apiUrl, type Ports, sandboxUrl } from './apps/app-env.ts';
import { type Apps, startApps } from './apps/start-apps.ts';
import { migrateDatabase } from './migrate-database.ts';
import { loadSecrets, type Secrets } from './secrets.ts';

export type StackOptions = {
  /** Data of the servers, secrets and logs. */
  readonly dataDir: string;
  readonly ports: Ports;
  /** Restart apps when their source changes, and show their logs here. */
  readonly watch?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Which servers are given; our own environment's unless said. Empty: servers of its own. */
  readonly serverEnv?: ServerEnv;
};

export type Stack = AsyncDisposable & {
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  readonly servers: Servers;
  readonly apps: Apps;
  readonly secrets: Secrets;
  /** Where the apps' logs are; null: in sight. */
  readonly logDir: string | null;
  /** Resolves with what ended and why as soon as anything ends by itself. */
  readonly crashed: Promise<string>;
  /** Apps first, gracefully; then the servers. */
  readonly stop: () => Promise<void>;
};

const firstCrash = (servers: Servers, apps: Apps): Promise<string> =>
  Promise.race(
    [...servers.started, ...apps.processes].map(async ([name, server]) => {
      await server.exited;
      return `${name} ${server.failure()}`;
    }),
  );

/** Starts MongoDB, Redis, the migrated database and the three apps. What fails on the way stops what was started before. */
export const startStack = async (
  options: StackOptions,
  beforeApps: (servers: Servers) => Promise<void> = async () => undefined,
): Promise<Stack> => {
  const secrets = loadSecrets(`${options.dataDir}/secrets.json`);
  const logDir = options.watch === true ? null : `${options.dataDir}/logs`;
  const servers = await startServers(options.dataDir, options.serverEnv);
  try {
    await beforeApps(servers);
    await step('migrating', () => migrateDatabase(servers.mongoUri));
    const apps = await step('starting sandbox, API and worker', () =>
      startApps({
        mongoUri: servers.mongoUri,
        redisUrl: servers.redisUrl,
        secrets,
        ports: options.ports,
        logDir,
        ...(options.watch === undefined ? {} : { watch: options.watch }),
        ...(options.env === undefined ? {} : { env: options.env }),
      }),
    );
    const stop = async () => {
      await apps.stop();
      await servers.stop();
    };
    return {
      apiUrl: apiUrl(options.ports),
      sandboxUrl: sandboxUrl(options.ports),
      servers,
      apps,
      secrets,
      logDir,
      crashed: firstCrash(servers, apps),
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    // A server that died is the reason, whatever its client said.
    for (const [name, server] of servers.started) {
      const failure = server.failure();
      if (failure !== null) say(`✗ ${name} ${failure}`);
    }
    await servers.stop();
    throw error;
  }
};
