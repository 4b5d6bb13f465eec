import { mkdirSync } from 'node:fs';
import { Redis } from 'ioredis';
import { type Guarded, startGuarded } from '../process/guarded.ts';
import { waitUntil } from '../process/wait-until.ts';

export type RedisPlace = {
  readonly command: string;
  readonly port: number;
  /** Where the append-only file lives. */
  readonly dataDir: string;
  readonly logFile: string;
  /** Append-only file, synced every second, as in production. */
  readonly appendonly: boolean;
};

/** BullMQ and the holds both lose data silently under any other eviction policy. */
const args = ({ port, dataDir, appendonly }: RedisPlace): string[] => [
  ...['--port', String(port), '--bind', '127.0.0.1', '--dir', dataDir, '--daemonize', 'no'],
  ...['--maxmemory-policy', 'noeviction', '--save', ''],
  ...['--appendonly', appendonly ? 'yes' : 'no', '--appendfsync', 'everysec'],
];

export type RunningRedis = { readonly url: string; readonly port: number; readonly server: Guarded };

/** Starts a Redis server that cannot outlive this process. Resolves when it answers and has loaded its data. */
export const startRedis = async (place: RedisPlace): Promise<RunningRedis> => {
  mkdirSync(place.dataDir, { recursive: true });
  const server = await startGuarded({
    command: place.command,
    args: args(place),
    cwd: place.dataDir,
    logFile: place.logFile,
  });
  const redis = new Redis(place.port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => 20 });
  redis.on('error', () => undefined);
  try {
    // By its pid: when ours could not listen on the port, another server may answer there.
    const ours = `process_id:${server.pid}\r`;
    await waitUntil(async () => ((await redis.info('server')).includes(ours) ? true : null), {
      what: `redis on port ${place.port} answers`,
      timeoutMs: 30_000,
      failed: server.failure,
    });
  } catch (error) {
    await server.stop(0);
    throw error;
  } finally {
    redis.disconnect();
  }
  return { url: `redis://127.0.0.1:${place.port}`, port: place.port, server };
};
