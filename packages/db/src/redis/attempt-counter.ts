import { createHash } from 'node:crypto';
import type {
  AttemptCounter,
  AttemptKind,
  AttemptLimit,
  AttemptLimits,
} from '@eventhorizon/core/identity/attempts';
import type { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { REQUEST_TIMEOUT_MS } from './connect.ts';
import { attemptKey } from './keys.ts';
import { createPatience, type Patience } from './patience.ts';

export type AttemptCounterOptions = {
  readonly redis: Redis;
  readonly limits: AttemptLimits;
  /** Told when Redis could not count, and this process counted alone. */
  readonly onOutage: (error: unknown) => void;
  readonly patience?: Patience;
};

type Counters = { readonly shared: RateLimiterAbstract; readonly own: RateLimiterAbstract };

const optionsOf = ({ count, withinMs }: AttemptLimit) => ({
  // Keys come whole from keys.ts.
  keyPrefix: '',
  points: count,
  duration: Math.ceil(withinMs / 1_000),
});

/** null: it may go on. Throws what is no answer of a limiter. */
const waitOf = async (limiter: RateLimiterAbstract, key: string): Promise<number | null> => {
  try {
    await limiter.consume(key);
    return null;
  } catch (answer) {
    if (answer instanceof RateLimiterRes) return Math.max(1, answer.msBeforeNext);
    throw answer;
  }
};

/**
 * Attempts counted in Redis, one round trip each, in windows that begin with the first. When Redis is away or has not answered for
 * 500 ms the process counts for itself with the same limits: a flood is still held off before it costs a hash, and nobody is
 * refused because of the outage. What was counted in Redis is not known meanwhile, and each process allows as much.
 */
export const createAttemptCounter = ({
  redis,
  limits,
  onOutage,
  patience = createPatience(REQUEST_TIMEOUT_MS),
}: AttemptCounterOptions): AttemptCounter => {
  const counters = new Map<AttemptKind, Counters>();
  for (const [kind, limit] of Object.entries(limits))
    counters.set(kind as AttemptKind, {
      shared: new RateLimiterRedis({
        ...optionsOf(limit),
        storeClient: redis,
        rejectIfRedisNotReady: true,
      }),
      own: new RateLimiterMemory(optionsOf(limit)),
    });
  const of = (kind: AttemptKind): Counters => {
    const found = counters.get(kind);
    if (found === undefined) throw new Error(`there is no limit for ${kind}`);
    return found;
  };
  const keyOf = (kind: AttemptKind, whose: string): string =>
    attemptKey(kind, createHash('sha256').update(whose).digest('base64url'));

  return {
    take: async (kind, whose) => {
      const { shared, own } = of(kind);
      const key = keyOf(kind, whose);
      try {
        return await patience(waitOf(shared, key));
      } catch (error) {
        onOutage(error);
        return await waitOf(own, key);
      }
    },
    forget: async (kind, whose) => {
      const { shared, own } = of(kind);
      const key = keyOf(kind, whose);
      await own.delete(key);
      await patience(shared.delete(key)).catch(onOutage);
    },
  };
};
