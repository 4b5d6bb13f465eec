import { getEvent } from '../events/get-event.ts';
import type { EventStore } from '../events/ports.ts';
import { isAllowed } from '../organizations/capabilities.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import type { Page } from '../shared/page.ts';
import type { ListWaitlist } from './desk-input.ts';
import { type ListedEntry, listedEntry } from './listed-entry.ts';
import type { OfferStore, WaitlistEntryStore } from './ports.ts';
import { positionsOfPage } from './positions-of-page.ts';

export type ListWaitlistDeps = {
  readonly events: Pick<EventStore, 'findOwn'>;
  readonly waitlistEntries: Pick<WaitlistEntryStore, 'listOfEvent' | 'countAhead'>;
  readonly waitlistOffers: Pick<OfferStore, 'findMany'>;
};

/**
 * An event's list in the order in which people are served, ended entries too unless one status is asked for; each with its position now
 * and its open or last offer. Persons are shown to roles that may read bookings. Throws `thing.not_found`.
 */
export const listWaitlist = async (
  deps: ListWaitlistDeps,
  { access, eventId, status, ...page }: ListWaitlist & { readonly access: OrganizationAccess },
): Promise<Page<ListedEntry>> => {
  await getEvent(deps, { organizationId: access.organizationId, eventId });
  const { items, nextCursor } = await deps.waitlistEntries.listOfEvent(eventId, page, status);
  const positions = await positionsOfPage(deps.waitlistEntries, items);
  const offerIds = items.flatMap(({ offerId }) => offerId ?? []);
  const offers = new Map(
    (offerIds.length === 0 ? [] : await deps.waitlistOffers.findMany(offerIds)).map((offer) => [
      offer.id,
      offer,
    ]),
  );
  const withPerson = isAllowed(access.role, 'bookings.read');
  return {
    items: items.map((entry) =>
      listedEntry(entry, {
        position: positions.get(entry.id) ?? null,
        offer: (entry.offerId === null ? undefined : offers.get(entry.offerId)) ?? null,
        withPerson,
      }),
    ),
    nextCursor,
  };
};
