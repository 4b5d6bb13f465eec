import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '@eventhorizon/devstack/process/free-port';
import { waitUntil } from '@eventhorizon/devstack/process/wait-until';
import { testDatabase } from '@eventhorizon/devstack/test-database';
import { testRedis } from '@eventhorizon/devstack/test-redis';
import { expect, it } from 'vitest';
import { testVariables } from './testing/test-env.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

const start = (variables: Record<string, string>) => {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: variables,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    ended,
    text: () => text,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};

it('the program starts, answers, and on SIGTERM finishes what is under way and ends with 0', async () => {
  await using database = await testDatabase();
  await using redis = await testRedis();
  const port = await freePort();
  await using program = start({
    ...testVariables(),
    PORT: String(port),
    MONGODB_URI: database.uri,
    REDIS_URL: redis.url,
  });
  const url = `http://127.0.0.1:${port}`;
  await waitUntil(async () => ((await fetch(`${url}/health/ready`)).ok ? true : null), {
    what: 'the API is ready',
    timeoutMs: 30_000,
    failed: () => (program.child.exitCode === null ? null : program.text()),
  });
  // Argon2 takes long enough that this request is under way when the signal comes.
  const underWay = fetch(`${url}/trpc/auth.logIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify({ login: 'nobody', password: 'a long enough password' }),
  });
  await waitUntil(async () => (program.text().includes('/trpc/auth.logIn') ? true : null), {
    what: 'the request has arrived',
    timeoutMs: 10_000,
    everyMs: 1,
  });
  program.child.kill('SIGTERM');
  expect((await underWay).status).toBe(401);
  expect(await program.ended).toBe(0);
  expect(program.text()).toContain('"msg":"stopped"');
});

it('the program names every fault of its environment and ends', async () => {
  await using program = start({ PORT: 'many' });
  expect(await program.ended).not.toBe(0);
  expect(program.text()).toMatch(/PORT[\s\S]*MONGODB_URI[\s\S]*VISITOR_SECRET/);
});
