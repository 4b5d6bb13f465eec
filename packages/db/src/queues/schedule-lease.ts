import { randomUUID } from 'node:crypto';

/** Lets one of several processes do a recurring piece of work. */
export type ScheduleLease = {
  /** true: the work is ours for `ttlMs` from now. Ask again before each round; a holder keeps it by asking. */
  readonly hold: (name: string, ttlMs: number) => Promise<boolean>;
  /** Lets another process have everything this one holds, at once. */
  readonly release: () => Promise<void>;
};

/** What a lease asks of Redis. */
export type LeaseRedis = {
  readonly set: (key: string, token: string, unit: 'PX', ttlMs: number, unless: 'NX') => Promise<'OK' | null>;
  readonly get: (key: string) => Promise<string | null>;
  readonly pexpire: (key: string, ttlMs: number) => Promise<unknown>;
  readonly del: (key: string) => Promise<unknown>;
};

const keyOf = (name: string): string => `schedule:${name}`;

/**
 * Leases of schedules in Redis. It spares work and protects nothing: after a FLUSHALL, or in the instant between reading the
 * holder and prolonging, two processes may do a round at the same time, so every scheduled work must bear that.
 */
export const redisScheduleLease = (redis: LeaseRedis): ScheduleLease => {
  const token = randomUUID();
  const held = new Set<string>();
  return {
    hold: async (name, ttlMs) => {
      const key = keyOf(name);
      held.add(name);
      if ((await redis.set(key, token, 'PX', ttlMs, 'NX')) === 'OK') return true;
      if ((await redis.get(key)) !== token) return false;
      await redis.pexpire(key, ttlMs);
      return true;
    },
    release: async () => {
      for (const name of held) if ((await redis.get(keyOf(name))) === token) await redis.del(keyOf(name));
      held.clear();
    },
  };
};
