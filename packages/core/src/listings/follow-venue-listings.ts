import type { VenueId } from '../shared/ids.ts';
import { type FollowListingDeps, remakeListing } from './follow-listing.ts';
import type { ListedEvents } from './ports.ts';

export type FollowVenueListingsDeps = FollowListingDeps & {
  readonly listedEvents: Pick<ListedEvents, 'idsAtVenue'>;
};

/**
 * Makes the listings of all published events of a venue anew; the handler of `listing.follow_venue`. It goes by the events, not by their
 * listings: one that is published later than this look reads the venue as it is by then.
 */
export const followVenueListings = async (
  deps: FollowVenueListingsDeps,
  { venueId }: { readonly venueId: VenueId },
): Promise<void> => {
  for await (const eventId of deps.listedEvents.idsAtVenue(venueId)) await remakeListing(deps, eventId);
  await deps.listingCache.invalidate();
};
