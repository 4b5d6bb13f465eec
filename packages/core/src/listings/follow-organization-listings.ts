import type { OrganizationId } from '../shared/ids.ts';
import { type FollowListingDeps, remakeListing } from './follow-listing.ts';
import type { ListedEvents } from './ports.ts';

export type FollowOrganizationListingsDeps = FollowListingDeps & {
  readonly listedEvents: Pick<ListedEvents, 'idsOfOrganization'>;
};

/** Makes the listings of all published events of an organization anew; the handler of `listing.follow_organization`. */
export const followOrganizationListings = async (
  deps: FollowOrganizationListingsDeps,
  { organizationId }: { readonly organizationId: OrganizationId },
): Promise<void> => {
  for await (const eventId of deps.listedEvents.idsOfOrganization(organizationId))
    await remakeListing(deps, eventId);
  await deps.listingCache.invalidate();
};
