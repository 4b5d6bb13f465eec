import { DomainError } from '../shared/errors.ts';
import type { SeatMapStore, VenueStore } from '../venues/ports.ts';
import type { SeatMap } from '../venues/seat-map.ts';
import type { Event } from './event.ts';

export type PlaceDeps = { readonly venues: VenueStore; readonly seatMaps: SeatMapStore };

/**
 * The event's seat map (null when it has none), after making sure that it and the venue are the organization's own and belong together.
 * Throws `thing.not_found` otherwise.
 */
export const checkPlace = async (
  deps: PlaceDeps,
  { organizationId, venueId, seatMapId }: Pick<Event, 'organizationId' | 'venueId' | 'seatMapId'>,
): Promise<SeatMap | null> => {
  if ((await deps.venues.findOwn(organizationId, venueId)) === null)
    throw new DomainError('thing.not_found', { thing: 'venue' });
  if (seatMapId === null) return null;
  const seatMap = await deps.seatMaps.findOwn(organizationId, seatMapId);
  if (seatMap === null || seatMap.venueId !== venueId)
    throw new DomainError('thing.not_found', { thing: 'seat map of this venue' });
  return seatMap;
};
