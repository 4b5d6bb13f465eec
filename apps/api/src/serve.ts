import { serve as serveNode } from '@hono/node-server';
import type { Hono } from 'hono';

export type Serving = {
  /** The port that was really taken: for 0, a free one. */
  readonly port: number;
  /** Takes no more requests; resolves when those under way are answered, or cut off at the deadline. */
  readonly stop: (deadlineMs: number) => Promise<void>;
};

/**
 * How long an idle connection stays open. Longer than who waits in a waiting room is silent, and than the 60 s that proxies keep theirs: the side that
 * closes first must not be ours, or a request that is just being sent is lost. (Node's own is 5 s.)
 */
const KEEP_ALIVE_MS = 65_000;

/** Serves an app until `stop`. Rejects when the port is taken. */
export const serve = (app: Pick<Hono, 'fetch'>, port: number): Promise<Serving> =>
  new Promise((resolve, reject) => {
    const server = serveNode({ fetch: app.fetch, port }, ({ port: taken }) => resolve({ port: taken, stop }));
    server.once('error', reject);
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = KEEP_ALIVE_MS;
    const stop = (deadlineMs: number): Promise<void> =>
      new Promise((done) => {
        const cutOff = setTimeout(
          () => 'closeAllConnections' in server && server.closeAllConnections(),
          deadlineMs,
        );
        server.close(() => {
          clearTimeout(cutOff);
          done();
        });
      });
  });
