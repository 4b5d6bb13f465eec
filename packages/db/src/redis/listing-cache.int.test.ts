import type { ListingPage } from '@eventhorizon/core/listings/listing-view';
import type { ListingCache } from '@eventhorizon/core/listings/ports';
import { testRedis } from '@eventhorizon/devstack/test-redis';
import type { Redis } from 'ioredis';
import { describe, expect, it, vi } from 'vitest';
import { connectForRequests, connectForWork } from './connect.ts';
import { listingGenerationKey } from './keys.ts';
import { createListingCache } from './listing-cache.ts';
import type { LuaSources } from './lua-sources.ts';
import { scriptsWithout } from './testing/inventory-fixture.ts';

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
  const open = (url = server.url) => {
    const redis = connectForWork(url);
    connections.push(redis);
    return redis;
  };
  return {
    server,
    errors,
    redis: open(),
    /** What another process has: its own connection, and nothing in common but Redis. */
    cache: (sources?: LuaSources, url?: string) =>
      createListingCache({
        redis: open(url),
        onError: (error) => void errors.push(error),
        ...(sources !== undefined && { sources }),
      }),
    open,
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
        for (const slot of await w.redis.keys('eh:{listings}:page:*')) {
          const [history] = JSON.parse((await w.redis.get(slot)) ?? '').under.split(' ');
          await set(slot, JSON.stringify({ under: `${history} ${generation}`, key, page }));
        }
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

  /** A replica takes over that has the page and its generation, and has not heard of the generation after. */
  const afterPromotion = async (sources?: LuaSources): Promise<string | null> => {
    await using w = await world();
    await using second = await testRedis();
    const { state, read } = truth();
    const replica = w.open(second.url);
    const [first, promoted] = [w.cache(sources), w.cache(sources, second.url)];
    await first.through('q', NOW, read);
    await w.redis.config('SET', 'repl-diskless-sync-delay', '0');
    await replica.replicaof('127.0.0.1', w.server.port);
    await vi.waitFor(async () => expect(await replica.keys('eh:{listings}:*')).toHaveLength(2), 10_000);
    await replica.replicaof('NO', 'ONE');
    state.value = 'new';
    await first.invalidate();
    const served = await told(promoted.through('q', NOW, read));
    // From then on it remembers as any server does.
    expect(await told(promoted.through('q', NOW, read))).toBe(served);
    expect(state.reads).toBe(served === 'new' ? 2 : 1);
    expect(w.errors).toEqual([]);
    return served;
  };

  it('do not come back with a replica that has both an old page and its generation', async () => {
    expect(await afterPromotion()).toBe('new');
  });

  it('twin: tied to the generation alone, they do', async () => {
    expect(await afterPromotion(scriptsWithout("'found', history()", "'found', 'any'"))).toBe('old');
  });

  /** Redis starts anew from a file that was written before the change. */
  const afterRestart = async (sources?: LuaSources): Promise<string | null> => {
    await using w = await world();
    const cache = w.cache(sources);
    const { state, read } = truth();
    await cache.through('q', NOW, read);
    const keys = await w.redis.keys('eh:{listings}:*');
    const kept = await Promise.all(keys.map(async (key) => [key, await w.redis.get(key)] as const));
    state.value = 'new';
    await cache.invalidate();
    await using again = await testRedis();
    const restored = w.open(again.url);
    for (const [key, value] of kept) await restored.set(key, value ?? '');
    const served = await told(w.cache(sources, again.url).through('q', NOW, read));
    expect(w.errors).toEqual([]);
    return served;
  };

  it('do not come back with a server that starts from an older file', async () => {
    expect(await afterRestart()).toBe('new');
  });

  it('twin: tied to the generation alone, they do with that, too', async () => {
    expect(await afterRestart(scriptsWithout("'found', history()", "'found', 'any'"))).toBe('old');
  });

  /** Redis lets nobody ask INFO. */
  const withoutInfo = async (sources?: LuaSources) => {
    await using w = await world();
    const [cache, other] = [w.cache(sources), w.cache(sources)];
    // Both are connected before, because the client itself asks at first.
    for (const one of [cache, other]) await one.invalidate();
    await w.redis.call('ACL', 'SETUSER', 'default', '-info');
    const { state, read } = truth();
    for (const one of [cache, other, cache]) await one.through('q', NOW, read);
    const reads = state.reads;
    state.value = 'new';
    await other.invalidate();
    return { reads, served: await told(cache.through('q', NOW, read)), errors: w.errors.length };
  };

  it('are remembered also by a server that does not tell its history, and a change is seen', async () => {
    expect(await withoutInfo()).toEqual({ reads: 1, served: 'new', errors: 0 });
  });

  it('twin: were it asked as if it always told, nothing would be remembered', async () => {
    const asking = scriptsWithout("'found', history()", "'found', redis.call('INFO', 'replication')");
    expect(await withoutInfo(asking)).toEqual({ reads: 3, served: 'new', errors: 4 });
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
