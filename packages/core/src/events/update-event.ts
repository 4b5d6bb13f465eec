import { z } from 'zod';
import type { Clock } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import { type IdSource, idSchema } from '../shared/ids.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';
import { checkPlace, type PlaceDeps } from './check-place.ts';
import { decideUpdate } from './decide-update.ts';
import type { Event } from './event.ts';
import { eventFieldsSchema } from './event-input.ts';
import { getEvent } from './get-event.ts';
import type { EventStore } from './ports.ts';
import { saveEvent } from './save-event.ts';
import { whyNotPublishable, whyNotSellable } from './why-not-publishable.ts';

export const updateEventInput = z.object({
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
  /** The revision that was looked at; with it, a change by somebody else since then is refused instead of overwritten. */
  revision: z.int().optional(),
  /** Fields that are absent stay as they are. */
  changes: eventFieldsSchema.partial(),
});
export type UpdateEvent = z.output<typeof updateEventInput>;

type Deps = PlaceDeps & {
  readonly events: EventStore;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly ids: IdSource;
};

/**
 * Changes an event; what may change when is in decide-update.ts. Quotes that are frozen in holds stay. An event on sale must stay
 * sellable, and one that is to be published at a set time publishable then: `event.not_publishable` otherwise.
 * Throws `event.changed_meanwhile` when somebody else was faster.
 */
export const updateEvent = async (deps: Deps, command: UpdateEvent): Promise<Event> => {
  const event = await getEvent(deps, command);
  if (command.revision !== undefined && command.revision !== event.revision)
    throw new DomainError('event.changed_meanwhile', {});
  const now = deps.clock.now();
  const next = decideUpdate(event, command.changes, now, deps.ids);
  const seatMap = await checkPlace(deps, next);
  if (event.status !== 'draft' || next.publishAt !== null) {
    const reasons =
      next.publishAt === null
        ? whyNotSellable(next, seatMap)
        : whyNotPublishable(next, seatMap, next.publishAt);
    if (reasons.length > 0) throw new DomainError('event.not_publishable', { reasons });
  }
  await deps.unitOfWork.run((tx) => saveEvent(deps, tx, next, event, now));
  return next;
};
