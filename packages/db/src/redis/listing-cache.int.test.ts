import type { ListingPage } from '@eventhorizon/core/listings/listing-view';
import type { ListingCache } from '@eventhorizon/core/listings/ports';
import { testRedis } from '@eventhorizon/devstack/test-redis';
import type { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { connectForRequests, connectForWork } from './connect.ts';
import { listingGenerationKey } from './keys.ts';
import { createListingCache } from './listing-cache.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const pageOf = (nextCursor: string, goodUntil: number | null = null): ListingPage => ({
  items: [],
  nextCursor,
  goodUntil,
});

/** A truth that changes, and how often it was read. */
const truth = () => {
  const state = { value: 'old', reads: 0 };
  const read = async (): Promise<ListingPage> => {
    state.reads += 1;
    return pageOf(state.value);
  };
  return { state, read };
};

const world = async () => {
  const server = await testRedis();
  const connections: Redis[] = [];
  const errors: unknown[] = [];
  const open = () => {
    const redis = connectForWork(server.url);
    connections.push(redis);
    return redis;
  };
  return {
    server,
    errors,
    redis: open(),
    /** What another process has: its own connection, and nothing in common but Redis. */
    cache: () => createListingCache({ redis: open(), onError: (error) => void errors.push(error) }),
    [Symbol.asyncDispose]: async () => {
      for (const redis of connections) redis.disconnect();
      await server[Symbol.asyncDispose]();
    },
  };
};

const told = async (page: Promise<ListingPage>): Promise<string | null> => (await page).nextCursor;

describe('remembered pages of the listing', () => {
  it('are read once for all processes, and once more after a change', async () => {
    await using w = await world();
    const [one, other] = [w.cache(), w.cache()];
    const { state, read } = truth();
    expect(await told(one.through('q', NOW, read))).toBe('old');
    expect(await told(other.through('q', NOW, read))).toBe('old');
    expect(state.reads).toBe(1);
    state.value = 'new';
    await other.invalidate();
    expect(await told(one.through('q', NOW, read))).toBe('new');
    expect(state.reads).toBe(2);
  });

  it('twin: with invalidation off a stale page is seen', async () => {
    await using w = await world();
    const cache: ListingCache = { ...w.cache(), invalidate: async () => undefined };
    const { state, read } = truth();
    await cache.through('q', NOW, read);
    state.value = 'new';
    await cache.invalidate();
    expect(await told(cache.through('q', NOW, read))).toBe('old');
  });

  /** A reader that has read the old state, and stores it only after the change and its `invalidate`. */
  const slowReader = async (cache: ListingCache, other: ListingCache): Promise<string | null> => {
    const { state, read } = truth();
    let goOn = (): void => undefined;
    const changed = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let hasRead = (): void => undefined;
    const reading = new Promise<void>((resolve) => {
      hasRead = resolve;
    });
    const slow = cache.through('q', NOW, async () => {
      const page = await read();
      hasRead();
      await changed;
      return page;
    });
    await reading;
    state.value = 'new';
    await other.invalidate();
    // Also in the reader's own process nobody who comes now may share its read.
    const beside = await told(cache.through('q', NOW, read));
    goOn();
    await slow;
    expect(beside).toBe('new');
    return told(other.through('q', NOW, read));
  };

  it('are never of a state from before the change, also when a slow reader stores one after it', async () => {
    await using w = await world();
    expect(await slowReader(w.cache(), w.cache())).toBe('new');
  });

  it('twin: stored under the generation of the moment, a slow reader’s old page would be served', async () => {
    await using w = await world();
    const cache = w.cache();
    // As if the generation were read after the page: the entry is renamed to the newest one when it is stored.
    const set = w.redis.set.bind(w.redis);
    const late = {
      ...cache,
      through: async (key, now, read) => {
        const page = await cache.through(key, now, read);
        const generation = await w.redis.get(listingGenerationKey);
        for (const slot of await w.redis.keys('eh:{listings}:page:*'))
          await set(slot, JSON.stringify({ generation, key, page }));
        return page;
      },
    } satisfies ListingCache;
    expect(await slowReader(late, w.cache())).toBe('old');
  });

  it('are read once when a thousand ask at the same moment', async () => {
    await using w = await world();
    const cache = w.cache();
    const { state, read } = truth();
    await Promise.all(Array.from({ length: 1_000 }, () => cache.through('q', NOW, read)));
    expect(state.reads).toBe(1);
  });

  it('are not served from the instant on at which one of them is over', async () => {
    await using w = await world();
    const cache = w.cache();
    const { state, read } = truth();
    const until = NOW.getTime() + 1_000;
    const limited = async () => ({ ...(await read()), goodUntil: until });
    await cache.through('q', NOW, limited);
    await cache.through('q', new Date(until - 1), limited);
    expect(state.reads).toBe(1);
    await cache.through('q', new Date(until), limited);
    expect(state.reads).toBe(2);
  });

  it('are of the question that was asked, also when another takes the same place', async () => {
    await using w = await world();
    const cache = w.cache();
    const keys = Array.from({ length: 1_500 }, (_, n) => `q${n}`);
    for (const key of [...keys, ...keys])
      expect(await told(cache.through(key, NOW, async () => pageOf(key)))).toBe(key);
    expect((await w.redis.keys('eh:{listings}:page:*')).length).toBeLessThanOrEqual(512);
  });

  it('are forgotten with Redis, and what was stored before equals nothing after', async () => {
    await using w = await world();
    const cache = w.cache();
    const { state, read } = truth();
    await cache.through('q', NOW, read);
    const [slot = ''] = await w.redis.keys('eh:{listings}:page:*');
    const kept = await w.redis.get(slot);
    await w.redis.flushall();
    state.value = 'new';
    // A replica that took over knows the page and not the generation.
    await w.redis.set(slot, kept ?? '');
    expect(await told(cache.through('q', NOW, read))).toBe('new');
  });

  it('are read from Mongo when Redis is gone, and a change is not called known then', async () => {
    const redis = connectForRequests('redis://127.0.0.1:1');
    redis.on('error', () => undefined);
    const errors: unknown[] = [];
    const cache = createListingCache({ redis, onError: (error) => void errors.push(error) });
    const { state, read } = truth();
    expect(await told(cache.through('q', NOW, read))).toBe('old');
    state.value = 'new';
    expect(await told(cache.through('q', NOW, read))).toBe('new');
    expect(errors).toHaveLength(2);
    await expect(cache.invalidate()).rejects.toMatchObject({ code: 'service.unreachable' });
    redis.disconnect();
  });
});
