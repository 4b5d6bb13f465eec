import type { Event } from '../events/event.ts';
import type { EventStore, SalesRecord } from '../events/ports.ts';
import { saveEvent } from '../events/save-event.ts';
import type { Clock } from '../shared/clock.ts';
import type { EventId } from '../shared/ids.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';

type Deps = {
  readonly events: EventStore;
  readonly sales: SalesRecord;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

/** `published_again`: a purchase had slipped in. `thawed`: none had, the draft may be changed. `too_early`: run it again later. */
export type VerifyUnpublishOutcome = 'published_again' | 'thawed' | 'too_early' | 'nothing_to_do';

/**
 * The look after an unpublish: when a checkout committed beside it, the event is published again, because its buyers bought a published
 * event; otherwise the draft is thawed. Safe to run at any time and any number of times.
 * Throws `event.changed_meanwhile` when an organizer changes the event at the same moment: run it again.
 */
export const verifyUnpublish = async (deps: Deps, eventId: EventId): Promise<VerifyUnpublishOutcome> => {
  const event = await deps.events.find(eventId);
  const now = deps.clock.now();
  if (event === null || event.status !== 'draft') return 'nothing_to_do';
  if (event.frozenUntil !== null && event.frozenUntil > now) return 'too_early';
  const booked = await deps.sales.hasAnyBooked(eventId);
  if (!booked && event.frozenUntil === null) return 'nothing_to_do';
  const changed: Event = { ...event, frozenUntil: null, revision: event.revision + 1, updatedAt: now };
  const next: Event = booked ? { ...changed, status: 'published', publishAt: null } : changed;
  await deps.unitOfWork.run((tx) => saveEvent(deps, tx, next, event, now));
  return booked ? 'published_again' : 'thawed';
};
