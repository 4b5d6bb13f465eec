import { freePort, isPortFree } from '@eventhorizon/devstack/process/free-port';
import type { Ports } from './app-env.ts';

type PortEnv = Readonly<Record<string, string | undefined>>;

const FIXED = {
  api: ['PORT', 3000],
  apiInternal: ['INTERNAL_PORT', 3001],
  workerInternal: ['WORKER_INTERNAL_PORT', 3002],
  sandbox: ['SANDBOX_PORT', 3010],
} as const;

const readPort = (env: PortEnv, [name, otherwise]: readonly [string, number]): number => {
  const port = Number(env[name] ?? otherwise);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`${name} must be a port, 1 to 65535`);
  return port;
};

/** The ports of `npm start`: the usual ones, or what the environment says. */
export const fixedPorts = (env: PortEnv): Ports => ({
  api: readPort(env, FIXED.api),
  apiInternal: readPort(env, FIXED.apiInternal),
  workerInternal: readPort(env, FIXED.workerInternal),
  sandbox: readPort(env, FIXED.sandbox),
});

/** Ports that nobody uses right now, for tests and the demo. */
export const freePorts = async (): Promise<Ports> => ({
  api: await freePort(),
  apiInternal: await freePort(),
  workerInternal: await freePort(),
  sandbox: await freePort(),
});

/** Throws, naming the variable to set, when one of these ports is taken. */
export const requireFree = async (ports: Ports): Promise<void> => {
  for (const [key, [variable]] of Object.entries(FIXED)) {
    const port = ports[key as keyof Ports];
    if (!(await isPortFree(port))) throw new Error(`Port ${port} is in use. Set ${variable} to another one.`);
  }
};
