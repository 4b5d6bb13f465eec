import { DomainError } from '../shared/errors.ts';
import type { SeatMap } from '../venues/seat-map.ts';
import type { Event } from './event.ts';
import { refuseFrozen } from './refuse-frozen.ts';
import { whyNotPublishable } from './why-not-publishable.ts';

/**
 * The event on sale, or (when `at` is later than now) the draft with its time set; one revision further.
 * Throws `event.bad_move` unless it is a draft, `event.frozen`, `event.not_publishable` with every reason there would be at `at`.
 */
export const decidePublish = (event: Event, seatMap: SeatMap | null, now: Date, at: Date): Event => {
  if (event.status !== 'draft')
    throw new DomainError('event.bad_move', { from: event.status, to: 'published' });
  refuseFrozen(event, now);
  const later = at > now;
  const reasons = whyNotPublishable(event, seatMap, later ? at : now);
  if (reasons.length > 0) throw new DomainError('event.not_publishable', { reasons });
  const changed: Event = { ...event, revision: event.revision + 1, updatedAt: now };
  return later
    ? { ...changed, publishAt: at }
    : { ...changed, status: 'published', publishAt: null, publishedAt: now };
};
