import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createSandbox, type Sandbox } from './create-sandbox.ts';
import type { SandboxOptions } from './options.ts';

export type RunningSandbox = Sandbox &
  AsyncDisposable & {
    /** Base URL of all three APIs, without a slash at the end. */
    readonly url: string;
    readonly port: number;
  };

/** Longer than callers keep theirs: who pays again after some seconds must not meet a connection that is just being closed. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Starts a sandbox on a port (0, the default: any free one) of 127.0.0.1. Disposing it breaks the open connections, so that
 * calls that never get an answer end too.
 */
export const startSandbox = async (
  given: Partial<SandboxOptions> & { readonly port?: number; readonly hostname?: string } = {},
): Promise<RunningSandbox> => {
  const { port = 0, hostname = '127.0.0.1', ...options } = given;
  // The sandbox must know its own address before it exists; no request can come in between, as nobody knows the port yet.
  let sandbox: Sandbox | null = null;
  const server = createAdaptorServer({
    fetch: (request, env) => sandbox?.app.fetch(request, env) ?? new Response(null, { status: 503 }),
  });
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, () => resolve());
  });
  // listen() on a host and port gives an AddressInfo; only pipes have a string.
  const address = server.address() as AddressInfo;
  const url = `http://${hostname}:${address.port}`;
  const running = createSandbox({ publicUrl: url, ...options });
  sandbox = running;
  return {
    ...running,
    url,
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      running.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
};
