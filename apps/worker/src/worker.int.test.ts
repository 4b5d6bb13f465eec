import { once } from 'node:events';
import { createServer } from 'node:net';
import { SANDBOX_KEYS } from '@eventhorizon/sandbox/options';
import { startSandbox } from '@eventhorizon/sandbox/start-sandbox';
import { expect, test } from 'vitest';
import { spawnWorker } from './testing/child/spawn-child.ts';
import { paidBookingsWorld } from './testing/paid-bookings-world.ts';
import { until } from './testing/until.ts';

/** The worker as it ships, in a process of its own, with the sandbox for its providers. */
const shippedWorker = async () => {
  const sandbox = await startSandbox();
  const world = await paidBookingsWorld({
    INTERNAL_PORT: '0',
    STRIPE_API_BASE: sandbox.url,
    STRIPE_SECRET_KEY: SANDBOX_KEYS.stripeSecretKey,
    SENDGRID_API_BASE: sandbox.url,
    SENDGRID_API_KEY: SANDBOX_KEYS.sendgridApiKey,
    LOG_LEVEL: 'debug',
  });
  const process = spawnWorker(world.env);
  const working: { internalPort: number } = JSON.parse(await process.lineThatHas('"msg":"working"'));
  return {
    sandbox,
    world,
    process,
    internal: `http://127.0.0.1:${working.internalPort}`,
    [Symbol.asyncDispose]: async () => {
      await process[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
      await sandbox[Symbol.asyncDispose]();
    },
  };
};

test('a paid booking is confirmed, its buyer gets one e-mail with every ticket, and SIGTERM ends the worker cleanly', async () => {
  await using stack = await shippedWorker();
  const { sandbox, world, internal } = stack;
  expect((await fetch(`${internal}/health/live`)).status).toBe(200);
  await until(async () => (await fetch(`${internal}/health/ready`)).status === 200);

  const booking = await world.paidBooking();
  await until(() => sandbox.control.emails().length > 0);
  expect(await world.whatBecameOf(booking)).toMatchObject({ status: 'confirmed', tickets: 3 });
  await until(async () => (await world.notifications.listOfBooking(booking.bookingId))[0]?.status === 'sent');
  const [mail] = sandbox.control.emails();
  expect(sandbox.control.emails()).toHaveLength(1);
  expect(mail?.to.join()).toContain('ada@example.org');
  const files = mail?.attachments.map(({ filename }) => filename) ?? [];
  expect(files.filter((name) => name.endsWith('.png'))).toHaveLength(3);
  expect(files.filter((name) => name.endsWith('.pdf'))).toHaveLength(2);
  expect(files.filter((name) => name.endsWith('.ics'))).toHaveLength(1);
  expect(mail?.text?.match(/^Code: EH1\./gm)).toHaveLength(3);
  const [told] = await world.notifications.listOfBooking(booking.bookingId);
  expect(told?.providerId).toBe(mail?.id);

  const metrics = await (await fetch(`${internal}/metrics`)).text();
  expect(metrics).toContain('worker_jobs_total{job="booking.finalize",outcome="done"} 1');
  expect(metrics).toMatch(/worker_outbox_lag_seconds\{queue="finalize"\} 0\b/);
  expect(metrics).toContain('worker_outbox_failed_rows 0');

  stack.process.kill('SIGTERM');
  expect(await stack.process.exited).toEqual({ code: 0, signal: null });
  const log = stack.process.said().join('\n');
  for (const secret of [
    SANDBOX_KEYS.sendgridApiKey,
    SANDBOX_KEYS.stripeSecretKey,
    'EH1.',
    String(JSON.parse(world.env.TICKET_SIGNING_KEY ?? '{}').d),
  ])
    expect(log).not.toContain(secret);
});

test('without Redis the worker says that it is not ready, and goes on by itself when it is back', async () => {
  await using stack = await shippedWorker();
  const { world, internal } = stack;
  await until(async () => (await fetch(`${internal}/health/ready`)).status === 200);
  world.pauseRedis();
  await until(async () => (await fetch(`${internal}/health/ready`)).status === 503);
  const answer: unknown = await (await fetch(`${internal}/health/ready`)).json();
  expect(answer).toMatchObject({ checks: { mongo: 'up', redis: 'down' } });
  expect((await fetch(`${internal}/health/live`)).status).toBe(200);

  const booking = await world.paidBooking();
  world.resumeRedis();
  await until(async () => (await world.whatBecameOf(booking)).status === 'confirmed');
});

test('a worker whose port is taken says so and does not run on unseen', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await using world = await paidBookingsWorld({ INTERNAL_PORT: String(port) });
  await using process = spawnWorker(world.env);
  expect((await process.exited).code).not.toBe(0);
  expect(process.said().join('\n')).toContain('EADDRINUSE');
  taken.close();
});
