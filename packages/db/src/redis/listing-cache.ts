import { createHash, randomUUID } from 'node:crypto';
import type { ListingPage } from '@eventhorizon/core/listings/listing-view';
import type { ListingCache } from '@eventhorizon/core/listings/ports';
import type { Redis } from 'ioredis';
import { listingGenerationKey, listingPageKey } from './keys.ts';
import { createPatience, type Patience } from './patience.ts';
import { asOutage } from './redis-errors.ts';

/** Pages remembered at most. Each has one slot, and a newer page takes it: whatever is asked for, Redis keeps this many and no more. */
const SLOTS = 512;
/** A page of 100 listings has some 100 KB; larger ones are not worth Redis's memory. */
const MAX_PAGE_BYTES = 256 * 1024;
/** Only for what nobody asks for again; `invalidate` does not wait for it. */
const PAGE_TTL_MS = 60_000;
/** Reading a page from Mongo takes some milliseconds, so it is no use to wait long for what should save them. */
const CACHE_TIMEOUT_MS = 250;

type Entry = { readonly generation: string; readonly key: string; readonly page: ListingPage };

export type ListingCacheOptions = {
  readonly redis: Redis;
  /** Told when Redis cannot be asked; the page is read then. */
  readonly onError: (error: unknown) => void;
  readonly patience?: Patience;
};

/**
 * Why no page is served that was read before the last `invalidate`: a generation is read before its page is, and the page is stored with
 * it. A reader that saw the old state has the old generation, for who changes the state replaces the generation afterwards; so what the
 * reader stores is worth nothing when it arrives. Generations are random: one that comes after a loss of Redis equals none before.
 * Parallel calls share a read of the same generation only, so none gets a page from before its own time.
 */
export const createListingCache = ({
  redis,
  onError,
  patience = createPatience(CACHE_TIMEOUT_MS),
}: ListingCacheOptions): ListingCache => {
  const reading = new Map<string, Promise<ListingPage>>();

  /** The generation now, a new one when there is none, and what the slot has. */
  const look = async (slot: string): Promise<{ generation: string; stored: string | null }> => {
    const [generation, stored = null] = await patience(redis.mget(listingGenerationKey, slot));
    if (typeof generation === 'string') return { generation, stored };
    await patience(redis.set(listingGenerationKey, randomUUID(), 'NX'));
    const begun = await patience(redis.get(listingGenerationKey));
    return { generation: begun ?? randomUUID(), stored: null };
  };

  const lookOrNull = async (slot: string) => {
    try {
      return await look(slot);
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
      const found = await lookOrNull(slot);
      if (found === null) return once(reading, key, read);
      const { generation, stored } = found;
      const known = stored === null ? null : (JSON.parse(stored) as Entry);
      if (known?.generation === generation && known.key === key && isGood(known.page, now)) return known.page;
      return once(reading, `${generation} ${key}`, async () => {
        const page = await read();
        await store(slot, { generation, key, page });
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
  const started = work().finally(() => running.delete(key));
  running.set(key, started);
  return started;
};
