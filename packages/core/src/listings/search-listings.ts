import type { Clock } from '../shared/clock.ts';
import { isDomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import type { Page } from '../shared/page.ts';
import type { FoundListing } from './listing.ts';
import {
  type ListingPageQuery,
  type ListingQuery,
  listingCursor,
  listingPageKey,
  listingPageQuery,
} from './listing-query.ts';
import { type ListingPage, type ListingView, listingView } from './listing-view.ts';
import type { FreeUnits, ListingCache, ListingStore } from './ports.ts';
import type { SearchListings } from './search-input.ts';

export type SearchListingsDeps = {
  readonly listings: Pick<ListingStore, 'search'>;
  readonly listingCache: Pick<ListingCache, 'through'>;
  readonly freeUnits: FreeUnits;
  readonly clock: Clock;
};

/**
 * Published events that have not started, or are still sold, by what is asked for; see docs/search.md. Capacity is live where Redis knows
 * it, else the worker's hint, and each says which. Throws `cursor.invalid` for a cursor of another search.
 */
export const searchListings = async (
  deps: SearchListingsDeps,
  input: SearchListings,
): Promise<Page<ListingView>> => {
  const now = deps.clock.now();
  const asked = listingPageQuery(input);
  const page = await deps.listingCache.through(listingPageKey(asked), now, () => readPage(deps, asked, now));
  const free = await liveCounts(
    deps,
    page.items.map(({ id }) => id),
  );
  const items = page.items.map((item) => withLive(item, free.get(item.id)));
  return {
    // One that sold out since the hint is left out; the page is shorter then, and the next goes on behind it.
    items: asked.query.availableOnly ? items.filter(({ availability }) => availability.free > 0) : items,
    nextCursor: page.nextCursor,
  };
};

const readPage = async (
  deps: SearchListingsDeps,
  asked: ListingPageQuery,
  now: Date,
): Promise<ListingPage> => {
  const { query, limit } = asked;
  const found = await deps.listings.search(asked, now);
  const last = found.at(limit - 1);
  return {
    items: found.slice(0, limit).map(listingView),
    nextCursor:
      found.length > limit && last !== undefined
        ? listingCursor(query, { key: sortKeyOf(query, last), id: last.id })
        : null,
    // Nothing else moves a page by time alone: those further on only follow those that are on it.
    goodUntil: found.length === 0 ? null : Math.min(...found.map(({ listedUntil }) => listedUntil.getTime())),
  };
};

const sortKeyOf = ({ sort }: ListingQuery, listing: FoundListing): number =>
  ({
    date: listing.startsAt.at.getTime(),
    distance: listing.distance ?? 0,
    popularity: listing.popularity,
    price: listing.priceFrom,
  })[sort];

/** Without Redis the hints must do. */
const liveCounts = async (
  { freeUnits }: SearchListingsDeps,
  eventIds: readonly EventId[],
): Promise<ReadonlyMap<EventId, number>> => {
  try {
    return await freeUnits.count(eventIds);
  } catch (error) {
    if (isDomainError(error, 'service.unreachable')) return new Map();
    throw error;
  }
};

const withLive = (item: ListingView, free: number | undefined): ListingView =>
  free === undefined
    ? item
    : { ...item, availability: { ...item.availability, free, source: 'live', asOf: null } };
