import { createServer } from 'node:http';
import { serve } from '@hono/node-server';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { Worker } from 'bullmq';
import { Hono } from 'hono';
import { Redis } from 'ioredis';
import { noopRouter } from './noop-router.ts';

/**
 * The ceilings, in a process of their own as what is held against them: a bare Hono GET and POST, tRPC procedures that do nothing, BullMQ jobs
 * that do nothing. `CEILING_PORT`, and `CEILING_INTERNAL_PORT` where it tells its CPU time.
 */
const port = (name: string): number => Number(process.env[name]);

/** About as many bytes as an answer of ours has. */
const ANSWER = { eventId: 'evt_01h455vb4pex5vsknk084sn02q', padding: 'x'.repeat(300) };

const app = new Hono()
  .get('/bare/:eventId', (c) => c.json(ANSWER))
  .post('/bare/:eventId', async (c) => {
    const { holdId } = await c.req.json<{ holdId: string }>();
    return c.json({ ...ANSWER, holdId });
  })
  .all('/trpc/*', (c) =>
    fetchRequestHandler({ endpoint: '/trpc', req: c.req.raw, router: noopRouter, createContext: () => ({}) }),
  );

let jobs = 0;
/** As many at once as one CPU can make use of (docs/performance.md). */
const CONCURRENCY = 20;
const redisUrl = process.env.CEILING_REDIS_URL ?? '';
const worker = new Worker(
  'ceiling',
  async () => {
    jobs += 1;
  },
  {
    connection: new Redis(redisUrl, { maxRetriesPerRequest: null }),
    concurrency: CONCURRENCY,
    autorun: false,
    removeOnComplete: { count: 0 },
  },
);
const run = (): void => {
  worker.run().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  });
};

const internal = createServer((request, response) => {
  if (request.url === '/run-jobs') run();
  const { user, system } = process.cpuUsage();
  response.end(`process_cpu_seconds_total ${(user + system) / 1e6}\nnoop_jobs_total ${jobs}\n`);
});

serve({ fetch: app.fetch, port: port('CEILING_PORT') });
internal.listen(port('CEILING_INTERNAL_PORT'));
