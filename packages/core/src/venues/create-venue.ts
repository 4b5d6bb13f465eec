import type { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { type IdSource, idSchema } from '../shared/ids.ts';
import type { VenueStore } from './ports.ts';
import type { Venue } from './venue.ts';
import { venueFieldsSchema } from './venue-input.ts';

export const createVenueInput = venueFieldsSchema.extend({ organizationId: idSchema('org') });
export type CreateVenue = z.output<typeof createVenueInput>;

type Deps = { readonly venues: VenueStore; readonly clock: Clock; readonly ids: IdSource };

export const createVenue = async (deps: Deps, command: CreateVenue): Promise<Venue> => {
  const now = deps.clock.now();
  const venue: Venue = { id: deps.ids.next('ven'), ...command, revision: 1, createdAt: now, updatedAt: now };
  await deps.venues.insert(venue);
  return venue;
};
