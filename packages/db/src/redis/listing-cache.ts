import { createHash, randomUUID } from 'node:crypto';
import type { ListingPage } from '@eventhorizon/core/listings/listing-view';
import type { ListingCache } from '@eventhorizon/core/listings/ports';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { listingGenerationKey, listingPageKey } from './keys.ts';
import { type LuaSources, readLuaSources } from './lua-sources.ts';
import { createPatience, type Patience } from './patience.ts';
import { asOutage } from './redis-errors.ts';
import { createScriptRunner } from './script-runner.ts';

/** Pages remembered at most. Each has one slot, and a newer page takes it: whatever is asked for, Redis keeps this many and no more. */
const SLOTS = 512;
/** A page of 100 listings has some 100 KB; larger ones are not worth Redis's memory. */
const MAX_PAGE_BYTES = 256 * 1024;
/** Only for what nobody asks for again; `invalidate` does not wait for it. */
const PAGE_TTL_MS = 60_000;
/** Reading a page from Mongo takes some milliseconds, so it is no use to wait long for what should save them. */
const CACHE_TIMEOUT_MS = 250;

/** `under`: what `lookUp` said before the page was read. */
type Entry = { readonly under: string; readonly key: string; readonly page: ListingPage };

export type ListingCacheOptions = {
  readonly redis: Redis;
  /** Told when Redis cannot be asked; the page is read then. */
  readonly onError: (error: unknown) => void;
  readonly patience?: Patience;
  /** What tests change to switch a protection off. */
  readonly sources?: LuaSources;
};

/**
 * Why no page is served that was read before the last `invalidate`: a generation is read before its page is, and the page is stored with
 * it. A reader that saw the old state has the old generation, for who changes the state replaces the generation afterwards; so what the
 * reader stores is worth nothing when it arrives. Generations are random: one that comes after a loss of Redis equals none before. Beside it
 * stands the server's history, for a generation can come back: a replica is promoted that had not heard of the last one, or a server starts
 * from an older file, and has the pages of that time too.
 * Parallel calls share a read of the same generation only, so none gets a page from before its own time.
 */
export const createListingCache = ({
  redis,
  onError,
  patience = createPatience(CACHE_TIMEOUT_MS),
  sources = readLuaSources(),
}: ListingCacheOptions): ListingCache => {
  const { run } = createScriptRunner(redis, sources, patience);
  const reading = new Map<string, Promise<ListingPage>>();

  /** What a page that is read from now on is stored under, and what the place has. */
  const lookUp = async (slot: string): Promise<{ under: string; stored: string } | null> => {
    try {
      const { rest } = await run('look-up-page', [listingGenerationKey, slot], [randomUUID()]);
      const [history, generation, stored] = z.tuple([z.string(), z.string(), z.string()]).parse(rest);
      return { under: `${history} ${generation}`, stored };
    } catch (error) {
      onError(error);
      return null;
    }
  };

  const store = async (slot: string, entry: Entry): Promise<void> => {
    const text = JSON.stringify(entry);
    if (text.length > MAX_PAGE_BYTES) return;
    try {
      await patience(redis.set(slot, text, 'PX', PAGE_TTL_MS));
    } catch (error) {
      onError(error);
    }
  };

  return {
    through: async (key, now, read) => {
      const slot = listingPageKey(slotOf(key));
      const found = await lookUp(slot);
      if (found === null) return once(reading, key, read);
      const { under, stored } = found;
      const known = stored === '' ? null : (JSON.parse(stored) as Entry);
      if (known?.under === under && known.key === key && isGood(known.page, now)) return known.page;
      return once(reading, `${under} ${key}`, async () => {
        const page = await read();
        await store(slot, { under, key, page });
        return page;
      });
    },
    invalidate: async () => {
      try {
        await patience(redis.set(listingGenerationKey, randomUUID()));
      } catch (error) {
        throw asOutage(error);
      }
    },
  };
};

const isGood = ({ goodUntil }: ListingPage, now: Date): boolean =>
  goodUntil === null || now.getTime() < goodUntil;

const slotOf = (key: string): number => createHash('sha1').update(key).digest().readUInt32BE(0) % SLOTS;

const once = <V>(running: Map<string, Promise<V>>, key: string, work: () => Promise<V>): Promise<V> => {
  const already = running.get(key);
  if (already !== undefined) return already;
  // Answers of Redis that came in the same turn, and have a longer way to here, still share it.
  const started = work().finally(() => setImmediate(() => running.delete(key)));
  running.set(key, started);
  return started;
};
