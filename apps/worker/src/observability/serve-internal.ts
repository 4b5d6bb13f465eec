import { createServer } from 'node:http';
import type { Metrics } from './metrics.ts';

export type InternalDeps = {
  /** Each resolves when what it is named after works. */
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
  readonly metrics: Pick<Metrics, 'expose'>;
};

export type Serving = { readonly port: number; readonly stop: () => Promise<void> };

const CHECK_TIMEOUT_MS = 1_000;

type Answer = { readonly status: number; readonly contentType: string; readonly body: string };

const json = (status: number, value: unknown): Answer => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(value),
});

const works = async (check: () => Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, CHECK_TIMEOUT_MS, false);
  });
  try {
    return await Promise.race([check().then((answer) => answer !== false), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};

const answer = async ({ checks, metrics }: InternalDeps, path: string): Promise<Answer> => {
  switch (path) {
    case '/health/live':
      return json(200, { status: 'live' });
    case '/health/ready': {
      const states = await Promise.all(
        Object.entries(checks).map(
          async ([name, check]) => [name, (await works(check)) ? 'up' : 'down'] as const,
        ),
      );
      const ready = states.every(([, state]) => state === 'up');
      return json(ready ? 200 : 503, {
        status: ready ? 'ready' : 'not ready',
        checks: Object.fromEntries(states),
      });
    }
    case '/metrics': {
      const { contentType, body } = await metrics.expose();
      return { status: 200, contentType, body };
    }
    default:
      return json(404, { error: 'There is /health/live, /health/ready and /metrics.' });
  }
};

/** Health and metrics, for the operators' network only. `port` 0 takes a free one. */
export const serveInternal = async (deps: InternalDeps, port: number): Promise<Serving> => {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    answer(deps, path)
      // Mongo is away while the metrics are collected; the scraper tries again.
      .catch(() => json(503, { error: 'The metrics cannot be collected now.' }))
      .then(({ status, contentType, body }) => {
        response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body);
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
