import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import type { NodeDoor } from './http/node-door.ts';

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

type Served = {
  readonly app: Pick<Hono, 'fetch'>;
  /** Asked first. */
  readonly door?: NodeDoor;
};

/** Serves an app until `stop`. Rejects when the port is taken. */
export const serve = ({ app, door = () => false }: Served, port: number): Promise<Serving> =>
  new Promise((resolve, reject) => {
    const listener = getRequestListener(app.fetch);
    const server = createServer((incoming, outgoing) => {
      if (!door(incoming, outgoing)) void listener(incoming, outgoing);
    });
    server.once('error', reject);
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    const stop = (deadlineMs: number): Promise<void> =>
      new Promise((done) => {
        const cutOff = setTimeout(() => server.closeAllConnections(), deadlineMs);
        server.close(() => {
          clearTimeout(cutOff);
          done();
        });
      });
    server.listen(port, () => {
      const address = server.address();
      resolve({ port: typeof address === 'object' && address !== null ? address.port : port, stop });
    });
  });
