import type { Clock } from '../shared/clock.ts';
import type { EventId } from '../shared/ids.ts';
import type { FreeUnits, ListingCache, ListingStore } from './ports.ts';

export type RefreshFreeDeps = {
  readonly listings: Pick<ListingStore, 'hints' | 'setFree'>;
  readonly freeUnits: FreeUnits;
  readonly listingCache: Pick<ListingCache, 'invalidate'>;
  readonly clock: Clock;
};

/**
 * Brings the hints of all listings up to date with Redis. An event without a copy there keeps its hint: nothing can be held of it, and
 * the reconciler counts it in Mongo. Returns how many were wrong. Throws `service.unreachable`.
 */
export const refreshFree = async (deps: RefreshFreeDeps, signal: AbortSignal): Promise<number> => {
  const now = deps.clock.now();
  let changed = 0;
  try {
    for await (const batch of deps.listings.hints(now)) {
      if (signal.aborted) break;
      const live = await deps.freeUnits.count(batch.map(({ eventId }) => eventId));
      const wrong = new Map<EventId, number>();
      for (const { eventId, free } of batch) {
        const count = live.get(eventId);
        if (count !== undefined && count !== free) wrong.set(eventId, count);
      }
      if (wrong.size > 0) changed += await deps.listings.setFree(wrong, now);
    }
  } finally {
    // A page shows hints, and one that asks for availability is chosen by them; also by those set before a fault.
    if (changed > 0) await deps.listingCache.invalidate();
  }
  return changed;
};
