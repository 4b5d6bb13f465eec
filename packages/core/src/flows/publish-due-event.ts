import type { PlaceDeps } from '../events/check-place.ts';
import { decidePublish } from '../events/decide-publish.ts';
import type { EventStore } from '../events/ports.ts';
import { saveEvent } from '../events/save-event.ts';
import type { Clock } from '../shared/clock.ts';
import { isDomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import type { Outbox, UnitOfWork } from '../shared/unit-of-work.ts';

type Deps = Pick<PlaceDeps, 'seatMaps'> & {
  readonly events: EventStore;
  readonly unitOfWork: UnitOfWork;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

export type PublishDueOutcome =
  /** `not_due`: nothing to do (any more): the event is no draft, is gone, or has no time set. */
  | { readonly outcome: 'published' | 'not_due' }
  /** The time was moved, or this machine's clock is behind the one that the job came by. Run it again then. */
  | { readonly outcome: 'not_yet'; readonly retryAfterMs: number }
  /** The worker came so late that the event has started; the time is taken away and the event stays a draft. */
  | { readonly outcome: 'refused'; readonly reasons: readonly string[] };

/**
 * What the job `event.publish` does. Looks at the event as it is now; whatever was changed since the time was set counts.
 * Throws `event.changed_meanwhile` when an organizer changes the event at the same moment: run it again.
 */
export const publishDueEvent = async (deps: Deps, eventId: EventId): Promise<PublishDueOutcome> => {
  const event = await deps.events.find(eventId);
  const now = deps.clock.now();
  if (event === null || event.status !== 'draft' || event.publishAt === null) return { outcome: 'not_due' };
  if (event.publishAt > now)
    return { outcome: 'not_yet', retryAfterMs: event.publishAt.getTime() - now.getTime() };
  const seatMap = event.seatMapId === null ? null : await deps.seatMaps.find(event.seatMapId);
  try {
    const next = decidePublish(event, seatMap, now, now);
    await deps.unitOfWork.run((tx) => saveEvent(deps, tx, next, event, now));
    return { outcome: 'published' };
  } catch (error) {
    if (!isDomainError(error, 'event.not_publishable')) throw error;
    const next = { ...event, publishAt: null, revision: event.revision + 1, updatedAt: now };
    await deps.unitOfWork.run((tx) => saveEvent(deps, tx, next, event, now));
    return { outcome: 'refused', reasons: error.details.reasons };
  }
};
