import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isPortFree } from '@eventhorizon/devstack/process/free-port';
import { isAlive } from '@eventhorizon/devstack/process/with-file-lock';
import { expect, test } from 'vitest';
import { generateSecrets } from '../secrets.ts';
import { sandboxUrl } from './app-env.ts';
import { freePorts } from './ports.ts';
import { startApps } from './start-apps.ts';

const temporaryFolder = () => {
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-apps-`);
  return { dir, [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) };
};

const sandboxAlone = async (logDir: string) => ({
  mongoUri: 'mongodb://unused',
  redisUrl: 'redis://unused',
  secrets: generateSecrets(),
  ports: await freePorts(),
  logDir,
  names: ['sandbox'] as const,
});

const answers = async (url: string): Promise<boolean> => (await fetch(url)).ok;

test('an app that was killed comes back on its port, and nothing is left after stop', async () => {
  using temp = temporaryFolder();
  const options = await sandboxAlone(temp.dir);
  const apps = await startApps(options);
  const first = apps.processes.get('sandbox');
  process.kill(first?.pid ?? 0, 'SIGKILL');
  await first?.exited;
  await apps.restart('sandbox');
  expect(await answers(sandboxUrl(options.ports))).toBe(true);
  const second = apps.processes.get('sandbox');
  await apps.stop();
  expect(isAlive(second?.pid ?? 0)).toBe(false);
  expect(await isPortFree(options.ports.sandbox)).toBe(true);
});

test('an app that cannot start is named, with what it said last', async () => {
  using temp = temporaryFolder();
  const options = { ...(await sandboxAlone(temp.dir)), env: { WEBHOOK_URL: 'no address' } };
  await expect(startApps(options)).rejects.toThrow(/sandbox is ready: ended with exit code 1.*WEBHOOK_URL/s);
  expect(await isPortFree(options.ports.sandbox)).toBe(true);
});
