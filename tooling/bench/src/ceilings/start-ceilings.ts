import { repositoryRoot } from '@eventhorizon/devstack/paths';
import { freePort } from '@eventhorizon/devstack/process/free-port';
import { startGuarded } from '@eventhorizon/devstack/process/guarded';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { type CpuMeter, cpuMeter } from '../cpu-meter.ts';

export type Ceilings = {
  readonly port: number;
  readonly cpu: CpuMeter;
  /** Lets the worker of jobs that do nothing begin with those that wait. */
  readonly runJobs: () => Promise<void>;
  /** How many of them it has done. */
  readonly jobsDone: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

const JOBS = /^noop_jobs_total (\d+)$/m;

/** Starts the process that the ceilings run in. */
export const startCeilings = async (redisUrl: string, logDir: string): Promise<Ceilings> => {
  const port = await freePort();
  const internal = await freePort();
  const server = await startGuarded({
    command: process.execPath,
    args: ['--import', 'tsx', 'tooling/bench/src/ceilings/server.ts'],
    cwd: repositoryRoot,
    logFile: `${logDir}/ceilings.log`,
    env: {
      ...process.env,
      CEILING_PORT: String(port),
      CEILING_INTERNAL_PORT: String(internal),
      CEILING_REDIS_URL: redisUrl,
    },
  });
  const ask = (path: string) => fetch(`http://127.0.0.1:${internal}${path}`);
  await waitUntil(async () => ((await ask('/metrics')).ok ? true : null), {
    what: 'the ceilings are ready',
    timeoutMs: 30_000,
    failed: server.failure,
  });
  return {
    port,
    cpu: cpuMeter(internal),
    runJobs: async () => void (await ask('/run-jobs')),
    jobsDone: async () => Number(JOBS.exec(await (await ask('/metrics')).text())?.[1]),
    stop: () => server.stop(),
  };
};
