import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import type { UnitOfWork } from '../shared/unit-of-work.ts';
import { getEvent } from './get-event.ts';
import type { EventStore, SalesRecord } from './ports.ts';
import { refuseFrozen } from './refuse-frozen.ts';

export const deleteEventInput = z.object({ organizationId: idSchema('org'), eventId: idSchema('evt') });
export type DeleteEvent = z.output<typeof deleteEventInput>;

type Deps = {
  readonly events: EventStore;
  readonly sales: SalesRecord;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
};

/**
 * Deletes a draft and nothing else. Throws `event.not_editable` once it is published, `event.has_bookings` when anything of it is sold or
 * being bought or money may still come for it, `event.frozen` just after an unpublish.
 */
export const deleteEvent = async (deps: Deps, command: DeleteEvent): Promise<void> => {
  const event = await getEvent(deps, command);
  refuseFrozen(event, deps.clock.now());
  if (event.status !== 'draft') throw new DomainError('event.not_editable', { status: event.status });
  if (await deps.sales.hasAnyBooked(event.id)) throw new DomainError('event.has_bookings', {});
  await deps.unitOfWork.run((tx) => deps.events.deleteDraft(tx, event));
};
