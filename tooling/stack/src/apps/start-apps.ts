import { mkdirSync } from 'node:fs';
import { repositoryRoot } from '@eventhorizon/devstack/paths';
import { type Guarded, startGuarded } from '@eventhorizon/devstack/process/guarded';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { APP_NAMES, type AppName, appEnv, readyUrl, type Wiring } from './app-env.ts';
import { nodeFlags } from './node-flags.ts';

const READY_TIMEOUT_MS = 60_000;
/** A worker finishes what it started: the longest job is a provider call that times out. */
const STOP_GRACE_MS = 20_000;

export type AppsOptions = Wiring & {
  /** Where each app's log goes; null shows all of them on our stderr. */
  readonly logDir: string | null;
  /** Restart an app when its source changes. */
  readonly watch?: boolean;
  /** Settings that differ from the usual ones. */
  readonly env?: Readonly<Record<string, string>>;
  readonly names?: readonly AppName[];
};

export type Apps = {
  readonly processes: ReadonlyMap<AppName, Guarded>;
  /** Starts an app anew on its old port, after it was stopped or killed. Resolves when it is ready. */
  readonly restart: (name: AppName) => Promise<void>;
  /** Stops the API and the worker, which finish what they started, then the sandbox they talk to. */
  readonly stop: () => Promise<void>;
};

const argsFor = (name: AppName, watch: boolean): string[] => {
  const main = `apps/${name}/src/main.ts`;
  return watch
    ? ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', main]
    : [...nodeFlags(name), '--import', 'tsx', main];
};

const isReady = async (url: string): Promise<true | null> => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  await answer.body?.cancel();
  return answer.ok ? true : null;
};

/** Starts sandbox, API and worker from source, each as a process that cannot outlive this one, and waits until all are ready. */
export const startApps = async (options: AppsOptions): Promise<Apps> => {
  const { logDir } = options;
  if (logDir !== null) mkdirSync(logDir, { recursive: true });
  const processes = new Map<AppName, Guarded>();

  const start = async (name: AppName): Promise<void> => {
    const app = await startGuarded({
      command: process.execPath,
      args: argsFor(name, options.watch ?? false),
      cwd: repositoryRoot,
      logFile: logDir === null ? null : `${logDir}/${name}.log`,
      env: { ...process.env, ...appEnv(name, options), ...options.env },
    });
    processes.set(name, app);
    await waitUntil(() => isReady(readyUrl(name, options.ports)), {
      what: `${name} is ready`,
      timeoutMs: READY_TIMEOUT_MS,
      failed: app.failure,
    });
  };
  const stop = async (): Promise<void> => {
    await Promise.all([
      processes.get('api')?.stop(STOP_GRACE_MS),
      processes.get('worker')?.stop(STOP_GRACE_MS),
    ]);
    await processes.get('sandbox')?.stop(STOP_GRACE_MS);
  };

  const starting = (options.names ?? APP_NAMES).map(start);
  try {
    await Promise.all(starting);
  } catch (error) {
    // The others are still being waited for: stopping them ends that, and one may come up meanwhile.
    await stop();
    await Promise.allSettled(starting);
    await stop();
    throw error;
  }
  return { processes, restart: start, stop };
};
