import { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { VenueStore } from './ports.ts';
import type { Venue } from './venue.ts';

export const getVenueInput = z.object({ organizationId: idSchema('org'), venueId: idSchema('ven') });
export type GetVenue = z.output<typeof getVenueInput>;

export type GetVenueDeps = { readonly venues: Pick<VenueStore, 'findOwn'> };

/** Throws `thing.not_found`, also for another organization's venue. */
export const getVenue = async (deps: GetVenueDeps, query: GetVenue): Promise<Venue> => {
  const venue = await deps.venues.findOwn(query.organizationId, query.venueId);
  if (venue === null) throw new DomainError('thing.not_found', { thing: 'venue' });
  return venue;
};
