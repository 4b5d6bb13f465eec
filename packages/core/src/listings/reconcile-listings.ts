import { addMs, HOUR_MS } from '../shared/clock.ts';
import type { EventId } from '../shared/ids.ts';
import { countFree } from './count-free.ts';
import { type FollowListingDeps, remakeListing } from './follow-listing.ts';
import type { ListedEvents, ListingSource, ListingStore } from './ports.ts';

export type ReconcileListingsDeps = Omit<FollowListingDeps, 'listings'> & {
  readonly listings: ListingStore;
  readonly listedEvents: Pick<ListedEvents, 'batches' | 'published'>;
};

/** Clocks of several machines differ by less. */
const GRACE_MS = HOUR_MS;

/**
 * Compares listings with the events they are made of and makes anew those that are missing, of an older revision, or of an event that is
 * not published any more; counts the free units of events that Redis does not know; deletes what is over. Builds all listings when there
 * are none. Returns how many were wrong.
 */
export const reconcileListings = async (
  deps: ReconcileListingsDeps,
  signal: AbortSignal,
): Promise<number> => {
  const now = deps.clock.now();
  let wrong = 0;
  const remake = async (eventIds: readonly EventId[]): Promise<void> => {
    for (const eventId of eventIds) {
      if (signal.aborted) return;
      await remakeListing(deps, eventId);
      wrong += 1;
    }
  };
  for await (const truth of deps.listedEvents.batches(now)) {
    const made = await deps.listings.sourcesOf(truth.map(({ eventId }) => eventId));
    await remake(outdated(truth, made));
  }
  for await (const batch of deps.listings.hints(now)) {
    const eventIds = batch.map(({ eventId }) => eventId);
    const published = await deps.listedEvents.published(eventIds);
    await remake(eventIds.filter((eventId) => !published.has(eventId)));
    wrong += await recountCold(deps, batch, signal);
  }
  await deps.listings.forget(addMs(now, -GRACE_MS));
  if (wrong > 0) await deps.listingCache.invalidate();
  return wrong;
};

const outdated = (truth: readonly ListingSource[], made: readonly ListingSource[]): EventId[] => {
  const known = new Map(made.map((source) => [source.eventId, source]));
  return truth.flatMap(({ eventId, eventRevision, venueRevision }) => {
    const source = known.get(eventId);
    const same = source?.eventRevision === eventRevision && source.venueRevision === venueRevision;
    return same ? [] : [eventId];
  });
};

/** Hints of events without a copy in Redis, which refreshFree passes over. */
const recountCold = async (
  deps: ReconcileListingsDeps,
  batch: readonly { readonly eventId: EventId; readonly free: number }[],
  signal: AbortSignal,
): Promise<number> => {
  const live = await deps.freeUnits.count(batch.map(({ eventId }) => eventId));
  const wrong = new Map<EventId, number>();
  for (const { eventId, free } of batch) {
    if (signal.aborted) break;
    if (live.has(eventId)) continue;
    const { layout } = await deps.layouts.refresh(eventId);
    const count = await countFree(deps, layout);
    if (count !== free) wrong.set(eventId, count);
  }
  return wrong.size === 0 ? 0 : deps.listings.setFree(wrong, deps.clock.now());
};
