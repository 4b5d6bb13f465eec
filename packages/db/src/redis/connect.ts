import { Redis, type RedisOptions } from 'ioredis';

/** After this long a request is better refused than kept waiting (ioredis's defaults hang for over 8 s on a dead host). */
export const REQUEST_TIMEOUT_MS = 500;

/** The driver's own limit counts time in which a busy process did not read; scripts have the finer one of patience.ts. */
const COMMAND_TIMEOUT_MS = 5_000;

const backoff = (attempt: number): number => Math.min(50 * 2 ** attempt, 2_000);

/**
 * For request paths: every script answers, or fails within 500 ms; any other command within 5 s. A time-out is an unknown outcome;
 * what runs here is safe to ask again. Commands of one tick share a round trip.
 */
export const connectForRequests = (url: string, options: RedisOptions = {}): Redis =>
  new Redis(url, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: REQUEST_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    enableAutoPipelining: true,
    // ioredis 6.0.0 loses the command's name when `callBuffer` is pipelined by itself (autoPipelining.js puts it back for `call`
    // only). Scripts with binary answers go that way, by these names; `evalsha` and `eval` in lower case are pipelined as ever.
    autoPipeliningIgnoredCommands: ['EVALSHA', 'EVAL'],
    retryStrategy: backoff,
    ...options,
  });

/**
 * For BullMQ and long background work: no command time-out (a worker blocks in Redis on purpose) and retries without end,
 * which BullMQ demands.
 */
export const connectForWork = (url: string, options: RedisOptions = {}): Redis =>
  new Redis(url, { maxRetriesPerRequest: null, retryStrategy: backoff, ...options });
