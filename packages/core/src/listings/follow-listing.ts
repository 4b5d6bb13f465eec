import type { EventStore } from '../events/ports.ts';
import type { EventWithLayout, LayoutSource } from '../inventory/ports.ts';
import type { OrganizationStore } from '../organizations/ports.ts';
import type { Clock } from '../shared/clock.ts';
import { DomainError, isDomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import type { VenueStore } from '../venues/ports.ts';
import { type CountFreeDeps, countFree } from './count-free.ts';
import { listingOf } from './listing-of.ts';
import type { ListingCache, ListingStore } from './ports.ts';

export type FollowListingDeps = CountFreeDeps & {
  readonly events: Pick<EventStore, 'find'>;
  readonly venues: Pick<VenueStore, 'find'>;
  readonly organizations: Pick<OrganizationStore, 'find'>;
  readonly layouts: Pick<LayoutSource, 'refresh'>;
  readonly listings: Pick<ListingStore, 'save' | 'remove'>;
  readonly listingCache: Pick<ListingCache, 'invalidate'>;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
};

/**
 * Makes the listing of an event anew, as event, venue and organization stand now, and then forgets remembered pages; the handler of
 * `listing.follow`. Safe to run at any time and any number of times. When the process dies between the two, the row is run again.
 */
export const followListing = async (
  deps: FollowListingDeps,
  { eventId }: { readonly eventId: EventId },
): Promise<void> => {
  await remakeListing(deps, eventId);
  await deps.listingCache.invalidate();
};

/** How often an organizer may be faster than us before the row waits for its next turn. */
const MAX_RACES = 5;

/** The same without forgetting pages, for who makes many. */
export const remakeListing = async (deps: FollowListingDeps, eventId: EventId): Promise<void> => {
  for (let races = 0; races < MAX_RACES; races += 1) {
    const known = await findKnown(deps, eventId);
    if (known === null) return deps.listings.remove(eventId);
    // It was never listed, so there is nothing to take back.
    if (known.event.publishedAt === null) return;
    const outcome = await save(deps, known, await countFree(deps, known.layout));
    if (outcome === 'not_listable') return deps.listings.remove(eventId);
    if (outcome === 'saved') return;
  }
  throw new DomainError('busy.try_again', { retryAfterMs: 500 });
};

const findKnown = async (
  { layouts }: FollowListingDeps,
  eventId: EventId,
): Promise<EventWithLayout | null> => {
  try {
    return await layouts.refresh(eventId);
  } catch (error) {
    if (isDomainError(error, 'thing.not_found')) return null;
    throw error;
  }
};

/**
 * Reads and writes in one snapshot: two workers that make the same listing at once collide, and the later one reads again. So the last
 * one written is never made of older things than one before it. `changed`: the event has, since its layout was read.
 */
const save = (deps: FollowListingDeps, { event: known, layout }: EventWithLayout, free: number) =>
  deps.unitOfWork.run(async (tx): Promise<'saved' | 'changed' | 'not_listable'> => {
    const event = await deps.events.find(known.id, tx);
    if (event === null || event.revision !== known.revision) return 'changed';
    const venue = await deps.venues.find(event.venueId, tx);
    const organization = await deps.organizations.find(event.organizationId, tx);
    // Neither is ever deleted; where a restore lost one, there is nothing to show.
    if (venue === null || organization === null) return 'not_listable';
    await deps.listings.save(tx, listingOf({ event, layout, venue, organization, free }, deps.clock.now()));
    return 'saved';
  });
