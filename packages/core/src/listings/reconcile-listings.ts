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

/** `failed`: those that could not be made, with the first reason; the others were. */
export type ReconciledListings = {
  readonly wrong: number;
  readonly failed: number;
  readonly reason: unknown;
};

/**
 * Compares listings with the events they are made of and makes anew those that are missing, of an older revision, or of an event that is
 * not published any more; counts the free units of events that Redis does not know; deletes what is over. Builds all listings when there
 * are none. Tells how many were wrong.
 */
export const reconcileListings = async (
  deps: ReconcileListingsDeps,
  signal: AbortSignal,
): Promise<ReconciledListings> => {
  const now = deps.clock.now();
  const done = { wrong: 0, failed: 0, reason: null as unknown };
  const remake = async (eventIds: readonly EventId[]): Promise<void> => {
    for (const eventId of eventIds) {
      if (signal.aborted) return;
      try {
        await remakeListing(deps, eventId);
        done.wrong += 1;
      } catch (error) {
        done.failed += 1;
        done.reason ??= error;
      }
    }
  };
  try {
    for await (const truth of deps.listedEvents.batches(now)) {
      const made = await deps.listings.sourcesOf(truth.map(({ eventId }) => eventId));
      await remake(outdated(truth, made));
    }
    for await (const batch of deps.listings.hints(now)) {
      const published = await deps.listedEvents.published(batch.map(({ eventId }) => eventId));
      await remake(batch.flatMap(({ eventId }) => (published.has(eventId) ? [] : [eventId])));
      const standing = batch.filter(({ eventId }) => published.has(eventId));
      done.wrong += await recountCold(deps, standing, signal);
    }
    await deps.listings.forget(addMs(now, -GRACE_MS));
  } finally {
    if (done.wrong > 0) await deps.listingCache.invalidate();
  }
  return done;
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
