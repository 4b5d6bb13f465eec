import { serve as serveNode } from '@hono/node-server';
import type { Hono } from 'hono';

export type Serving = {
  /** The port that was really taken: for 0, a free one. */
  readonly port: number;
  /** Takes no more requests; resolves when those under way are answered, or cut off at the deadline. */
  readonly stop: (deadlineMs: number) => Promise<void>;
};

/** Serves an app until `stop`. Rejects when the port is taken. */
export const serve = (app: Pick<Hono, 'fetch'>, port: number): Promise<Serving> =>
  new Promise((resolve, reject) => {
    const server = serveNode({ fetch: app.fetch, port }, ({ port: taken }) => resolve({ port: taken, stop }));
    server.once('error', reject);
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
