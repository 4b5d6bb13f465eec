import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { VenueStore } from '../venues/ports.ts';
import type { Venue } from '../venues/venue.ts';
import type { EventStore } from './ports.ts';
import { type PublicEvent, publicEventOf } from './public-event.ts';

export const getPublicEventInput = z.object({ eventId: idSchema('evt') });
export type GetPublicEvent = z.output<typeof getPublicEventInput>;

export type PublicVenue = Pick<Venue, 'id' | 'name' | 'address' | 'city' | 'country' | 'location' | 'zone'>;

/** A published (or since postponed, cancelled or completed) event and where it is. A draft is `thing.not_found`. */
export const getPublicEvent = async (
  deps: { readonly events: EventStore; readonly venues: VenueStore },
  query: GetPublicEvent,
): Promise<{ event: PublicEvent; venue: PublicVenue }> => {
  const event = await deps.events.findPublished(query.eventId);
  const venue = event === null ? null : await deps.venues.find(event.venueId);
  if (event === null || venue === null) throw new DomainError('thing.not_found', { thing: 'event' });
  const { id, name, address, city, country, location, zone } = venue;
  return { event: publicEventOf(event), venue: { id, name, address, city, country, location, zone } };
};
