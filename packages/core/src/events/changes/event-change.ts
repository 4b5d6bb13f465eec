import type { BookingId, EventChangeId, EventId, OrganizationId, UserId } from '../../shared/ids.ts';
import type { EventTime } from '../event.ts';

/** `cancelled`: no show. `postponed`: the new date is not known yet. `moved`: there is another date. */
export const CHANGE_KINDS = ['cancelled', 'postponed', 'moved'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/**
 * Bookings that the change has reached, each counted in the transaction of what was done to it. `ended`: given up, or on their way there
 * because they were not paid. `failed`: could not be ended in the latest round, and wait for a person.
 */
export type ChangeCounts = {
  readonly found: number;
  readonly ended: number;
  readonly refunded: number;
  readonly notified: number;
  readonly failed: number;
};

export const NO_COUNTS: ChangeCounts = { found: 0, ended: 0, refunded: 0, notified: 0, failed: 0 };

/** Where the worker is. A round goes through all bookings of the event, page by page. */
export type ChangePlace = {
  readonly round: number;
  /** The last booking of the page before; null: at the beginning of the round. */
  readonly after: BookingId | null;
  /** Bookings that this round has done something to. */
  readonly touched: number;
  /** Rounds before this one, in a row, that found nothing to do. */
  readonly idleRounds: number;
  /** The next page is not looked at before; null: at once. */
  readonly restUntil: Date | null;
};

export const AT_THE_BEGINNING: ChangePlace = {
  round: 1,
  after: null,
  touched: 0,
  idleRounds: 0,
  restUntil: null,
};

/** What became of an event, and how far the word of it has got: the record that an organizer watches. */
export type EventChange = {
  readonly id: EventChangeId;
  readonly eventId: EventId;
  readonly organizationId: OrganizationId;
  readonly kind: ChangeKind;
  readonly by: UserId;
  /** What buyers are told; null: no reason was given. */
  readonly reason: string | null;
  /** The start before, and the one that is told now (null: none). */
  readonly from: EventTime;
  readonly to: EventTime | null;
  /** null when the event is cancelled: then everything goes back anyway. */
  readonly fullRefundUntil: Date | null;
  /** The event's, once it was changed so: a later change has a higher one, and ends the telling of this one. */
  readonly revision: number;
  readonly startedAt: Date;
  /** Everybody is reached; money may still be on its way. null until then. */
  readonly finishedAt: Date | null;
  readonly place: ChangePlace;
  readonly counts: ChangeCounts;
};
