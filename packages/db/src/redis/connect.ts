import { Redis, type RedisOptions } from 'ioredis';

/** After this long a request is better refused than kept waiting (ioredis's defaults hang for over 8 s on a dead host). */
export const REQUEST_TIMEOUT_MS = 500;

/** The driver's own limit counts time in which a busy process did not read; scripts have the finer one of patience.ts. */
const COMMAND_TIMEOUT_MS = 5_000;

const backoff = (attempt: number): number => Math.min(50 * 2 ** attempt, 2_000);

/**
 * For request paths: every script answers, or fails within 500 ms; any other command within 5 s. A time-out is an unknown outcome;
 * what runs here is safe to ask again. Scripts of one turn of the event loop share a round trip (script-runner.ts).
 */
export const connectForRequests = (url: string, options: RedisOptions = {}): Redis =>
  new Redis(url, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: REQUEST_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: backoff,
    ...options,
  });

/**
 * For BullMQ and long background work: no command time-out (a worker blocks in Redis on purpose) and retries without end,
 * which BullMQ demands.
 */
export const connectForWork = (url: string, options: RedisOptions = {}): Redis =>
  new Redis(url, { maxRetriesPerRequest: null, retryStrategy: backoff, ...options });
