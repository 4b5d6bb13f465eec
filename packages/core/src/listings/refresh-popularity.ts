import { addMs, type Clock } from '../shared/clock.ts';
import type { EventId } from '../shared/ids.ts';
import { POPULARITY_MS } from './listing.ts';
import type { ListingCache, ListingStore, SalesFigures } from './ports.ts';

export type RefreshPopularityDeps = {
  readonly listings: Pick<ListingStore, 'popularities' | 'setPopularity'>;
  readonly figures: Pick<SalesFigures, 'ticketsSold'>;
  readonly listingCache: Pick<ListingCache, 'invalidate'>;
  readonly clock: Clock;
};

/** Counts the tickets sold in the last 14 days for all listings. Returns how many changed. */
export const refreshPopularity = async (
  deps: RefreshPopularityDeps,
  signal: AbortSignal,
): Promise<number> => {
  const now = deps.clock.now();
  const sold = await deps.figures.ticketsSold(addMs(now, -POPULARITY_MS));
  let changed = 0;
  for await (const batch of deps.listings.popularities(now)) {
    if (signal.aborted) break;
    const wrong = new Map<EventId, number>();
    for (const { eventId, popularity } of batch) {
      const count = sold.get(eventId) ?? 0;
      if (count !== popularity) wrong.set(eventId, count);
    }
    if (wrong.size > 0) changed += await deps.listings.setPopularity(wrong);
  }
  if (changed > 0) await deps.listingCache.invalidate();
  return changed;
};
