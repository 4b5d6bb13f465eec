import { createClient } from '@eventhorizon/client/create-client';
import { dataDir } from '@eventhorizon/devstack/paths';
import { singleInstance } from '@eventhorizon/devstack/process/single-instance';
import { say, step } from '@eventhorizon/devstack/say';
import { fixedPorts, requireFree } from '../apps/ports.ts';
import { isFreshDatabase, markSeeded } from '../seed/fresh-database.ts';
import { readLogins } from '../seed/logins.ts';
import { seed } from '../seed/seed.ts';
import { startStack } from '../start-stack.ts';
import { welcome } from '../welcome.ts';
import { runUntilStopped } from './run-until-stopped.ts';

const loginsFile = `${dataDir}/logins.json`;
const seedMarker = `${dataDir}/seed-unfinished`;

/** Everything on this machine, with its data in .data, until Ctrl-C. Resolves to the exit code. */
export const main = async (_args: readonly string[], watch = false): Promise<number> => {
  using _lock = singleInstance(`${dataDir}/start.lock`, 'EventHorizon');
  const ports = fixedPorts(process.env);
  await requireFree(ports);
  let fresh = false;
  const start = () =>
    startStack({ dataDir, ports, watch }, async (servers) => {
      fresh = await isFreshDatabase(servers, seedMarker);
    });
  return runUntilStopped(start, async (stack) => {
    if (fresh) {
      await step('seeding a demo organization with two events', () => seed(stack, loginsFile));
      markSeeded(seedMarker);
    }
    const { items } = await createClient({ url: stack.apiUrl }).api.events.listPublic.query({ limit: 1 });
    const logins = stack.servers.ownsDatabase ? readLogins(loginsFile) : null;
    say(welcome({ stack, ports, dataDir, logDir: stack.logDir, logins, event: items[0] ?? null }));
  });
};
