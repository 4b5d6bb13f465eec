import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { freePort } from './process/free-port.ts';
import { findRedis } from './redis/find-redis.ts';
import { startRedis } from './redis/start-redis.ts';

export type TestRedis = AsyncDisposable & {
  readonly url: string;
  readonly port: number;
  /** The server's own pid, for tests that kill or stop it. */
  readonly pid: number;
};

/**
 * A Redis server of its own on a free port, so that a test may FLUSHALL or kill it: `await using r = await testRedis()`.
 * noeviction; nothing is written to disk unless `appendonly`. Ends when disposed, and also when the test process dies.
 */
export const testRedis = async (options: { appendonly?: boolean } = {}): Promise<TestRedis> => {
  const { command } = await findRedis();
  const dir = mkdtempSync(`${tmpdir()}/eventhorizon-redis-`);
  const { url, port, server } = await startRedis({
    command,
    port: await freePort(),
    dataDir: dir,
    logFile: `${dir}/redis.log`,
    appendonly: options.appendonly ?? false,
  });
  return {
    url,
    port,
    pid: server.pid,
    [Symbol.asyncDispose]: async () => {
      await server.stop(options.appendonly === true ? 1_000 : 0);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
