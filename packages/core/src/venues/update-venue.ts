import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import { getVenue } from './get-venue.ts';
import type { VenueStore } from './ports.ts';
import type { Venue } from './venue.ts';
import { venueFieldsSchema } from './venue-input.ts';

/** Fields that are absent stay as they are. */
export const updateVenueInput = z.object({
  organizationId: idSchema('org'),
  venueId: idSchema('ven'),
  changes: venueFieldsSchema.partial(),
});
export type UpdateVenue = z.output<typeof updateVenueInput>;

type Deps = { readonly venues: VenueStore; readonly clock: Clock };

/** Throws `thing.not_found`, and `venue.changed_meanwhile` when somebody else was faster. */
export const updateVenue = async (deps: Deps, command: UpdateVenue): Promise<Venue> => {
  const venue = await getVenue(deps, command);
  const next: Venue = {
    ...venue,
    ...command.changes,
    revision: venue.revision + 1,
    updatedAt: deps.clock.now(),
  };
  if (!(await deps.venues.saveChange(next, venue.revision)))
    throw new DomainError('venue.changed_meanwhile', {});
  return next;
};
