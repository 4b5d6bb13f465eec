import { Agent, fetch as undiciFetch } from 'undici';

/** The n-th loopback address of the demo, 127.10.0.1 onwards: every buyer comes from an address of his own, as in life. */
export const loopbackAddress = (n: number): string => `127.10.${Math.floor(n / 250)}.${(n % 250) + 1}`;

/** A thousand connections at once wait in the server's backlog for a while. */
const CONNECT_TIMEOUT_MS = 60_000;

/** A fetch whose connections come from `localAddress`, at most two at a time. */
export const addressedFetch = (localAddress: string): { fetch: typeof fetch; close: () => Promise<void> } => {
  const dispatcher = new Agent({
    connections: 2,
    localAddress,
    keepAliveTimeout: 60_000,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  });
  return {
    // undici's fetch is the one inside Node; only its types are declared a second time.
    fetch: ((input, init) =>
      undiciFetch(input as string, { ...(init as object), dispatcher })) as typeof fetch,
    close: () => dispatcher.close(),
  };
};
