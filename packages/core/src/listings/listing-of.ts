import type { Event } from '../events/event.ts';
import { salesWindowOf } from '../events/event.ts';
import type { EventLayout } from '../inventory/layout.ts';
import type { Organization } from '../organizations/organization.ts';
import { addMs, DAY_MS } from '../shared/clock.ts';
import { foldText } from '../shared/fold-text.ts';
import { searchWordsOf } from '../shared/words-of.ts';
import type { Venue } from '../venues/venue.ts';
import type { NewListing } from './listing.ts';

type Source = {
  readonly event: Event;
  readonly layout: EventLayout;
  readonly venue: Venue;
  readonly organization: Organization;
  readonly free: number;
};

/** The listing of an event as it stands at `now`. */
export const listingOf = ({ event, layout, venue, organization, free }: Source, now: Date): NewListing => {
  const listed = event.status === 'published';
  const listedUntil = new Date(Math.max(event.startsAt.at.getTime(), salesWindowOf(event).until.getTime()));
  const prices = event.ticketTypes.flatMap((type) => Object.values(type.prices));
  const { id, name, city, country, location } = venue;
  return {
    id: event.id,
    organization: { id: organization.id, name: organization.name },
    listed,
    listedUntil,
    keepUntil: listed ? listedUntil : addMs(now, DAY_MS),
    eventRevision: event.revision,
    venueRevision: venue.revision,
    title: event.title,
    category: event.category,
    tags: event.tags,
    imageUrl: event.imageUrl,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    doorsAt: event.doorsAt,
    venue: { id, name, city, country, location },
    salesStartAt: event.salesStartAt,
    salesEndAt: event.salesEndAt,
    currency: event.currency,
    priceFrom: prices.length === 0 ? 0 : Math.min(...prices),
    priceTo: prices.length === 0 ? 0 : Math.max(...prices),
    capacity: capacityOf(event, layout),
    free,
    freeAt: now,
    day: event.startsAt.local.slice(0, 10),
    cityKey: foldText(city.trim()),
    words: searchWordsOf([event.title, event.category, ...event.tags, name, city, organization.name]),
  };
};

/** Without places that were retired when an area was made smaller. */
const capacityOf = (event: Event, layout: EventLayout): number =>
  layout.pools.reduce((sum, pool) => (pool.kind === 'seats' ? sum + pool.capacity : sum), 0) +
  event.areas.reduce((sum, area) => sum + area.capacity, 0);
