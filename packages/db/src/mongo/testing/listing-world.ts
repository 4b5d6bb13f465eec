import type { Listing } from '@eventhorizon/core/listings/listing';
import type { ListingView } from '@eventhorizon/core/listings/listing-view';
import type { ListingCache } from '@eventhorizon/core/listings/ports';
import { searchListingsInput } from '@eventhorizon/core/listings/search-input';
import { searchListings } from '@eventhorizon/core/listings/search-listings';
import { fakeClock } from '@eventhorizon/core/testing/fake-clock';
import { migratedDatabase } from '../../testing/migrated-database.ts';
import { noTransaction } from '../../testing/no-transaction.ts';
import { mongoListings } from '../listings.ts';

/** No cache at all: every page is read. */
export const readThrough: ListingCache = {
  through: (_key, _now, read) => read(),
  invalidate: async () => undefined,
};

/** A database with listings in it and nothing else, searched as everybody does, without Redis. */
export const listingWorld = async () => {
  const database = await migratedDatabase();
  const listings = mongoListings(database.db);
  const clock = fakeClock();
  const deps = { listings, listingCache: readThrough, freeUnits: { count: async () => new Map() }, clock };
  const search = (input: object) => searchListings(deps, searchListingsInput.parse(input));
  return {
    ...database,
    deps,
    clock,
    search,
    /** Through the store, in a few trips at once. */
    save: async (all: readonly Listing[]): Promise<void> => {
      await noTransaction.run((tx) =>
        Promise.all(all.map(({ popularity: _, ...listing }) => listings.save(tx, listing))),
      );
      await listings.setPopularity(new Map(all.map(({ id, popularity }) => [id, popularity])));
    },
    /** Every page of a search, one after the other. `between` runs after each. */
    searchAll: async (input: object, between?: () => Promise<void>): Promise<ListingView[]> => {
      const items: ListingView[] = [];
      let cursor: string | undefined;
      do {
        const page = await search({ ...input, cursor });
        items.push(...page.items);
        cursor = page.nextCursor ?? undefined;
        await between?.();
      } while (cursor !== undefined);
      return items;
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
};
