import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';
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

type Deps = {
  readonly venues: VenueStore;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

/**
 * Listings of its events hear of the change in the same transaction. Throws `thing.not_found`, and `venue.changed_meanwhile` when somebody
 * else was faster.
 */
export const updateVenue = async (deps: Deps, command: UpdateVenue): Promise<Venue> => {
  const venue = await getVenue(deps, command);
  const now = deps.clock.now();
  const next: Venue = { ...venue, ...command.changes, revision: venue.revision + 1, updatedAt: now };
  await deps.unitOfWork.run(async (tx) => {
    if (!(await deps.venues.saveChange(tx, next, venue.revision)))
      throw new DomainError('venue.changed_meanwhile', {});
    await deps.outbox.add(tx, [{ job: 'listing.follow_venue', payload: { venueId: next.id }, dueAt: now }]);
  });
  return next;
};
