import { addMs } from '../shared/clock.ts';
import { DomainError } from '../shared/errors.ts';
import type { UserId } from '../shared/ids.ts';
import { canMove } from '../shared/state-machine.ts';
import type { WallTime } from '../shared/wall-time.ts';
import { eventTime } from './build-event.ts';
import { type Event, type EventStatus, eventTransitions } from './event.ts';
import { eventFaults } from './event-faults.ts';
import { plannedRoom, roomFaults } from './planned-room.ts';
import { refundWindow } from './postponement.ts';

export type NewTimes = {
  readonly startsAt: WallTime;
  readonly endsAt: WallTime;
  /** null: the event does not say when doors open. */
  readonly doorsAt: WallTime | null;
  /** Absent: the sale ends as long before the start as it did. null: with the start. */
  readonly salesEndAt?: Date | null | undefined;
  /** Absent: as it was planned; if that passed while the show was put off, as long before the start as it was. */
  readonly roomOpensAt?: WallTime | undefined;
};

type Said = {
  readonly by: UserId;
  readonly reason: string | null;
  readonly refundDays: number;
};

const refuseMove = ({ status: from }: Event, to: EventStatus): void => {
  if (!canMove(eventTransitions, from, to)) throw new DomainError('event.bad_move', { from, to });
};

/** The event without its show. Throws `event.bad_move`, and `event.not_named` unless its title was given to confirm it. */
export const decideCancel = (
  event: Event,
  { by, reason, title }: { readonly by: UserId; readonly reason: string; readonly title: string },
  now: Date,
): Event => {
  refuseMove(event, 'cancelled');
  if (title.trim() !== event.title) throw new DomainError('event.not_named', { title: event.title });
  return {
    ...event,
    status: 'cancelled',
    cancellation: { at: now, by, reason },
    revision: event.revision + 1,
    updatedAt: now,
  };
};

/** The event without a date: tickets stay valid, the sale pauses, and a window for full refunds opens. Throws `event.bad_move`. */
export const decidePostpone = (event: Event, { by, reason, refundDays }: Said, now: Date): Event => {
  refuseMove(event, 'postponed');
  return {
    ...event,
    status: 'postponed',
    postponement: {
      at: now,
      by,
      reason,
      from: event.startsAt,
      latestStart: latestStart(event),
      fullRefundUntil: refundWindow(event, refundDays, now, null),
    },
    revision: event.revision + 1,
    updatedAt: now,
  };
};

/**
 * The event at another time and on sale (again): tickets stay valid, and a window for full refunds opens, until the new start at the latest.
 * Throws `event.bad_move`, and `input.invalid` for times that contradict each other or lie in the past.
 */
export const decideReschedule = (
  event: Event,
  { by, reason, refundDays }: Said,
  to: NewTimes,
  now: Date,
): Event => {
  if (event.status !== 'published') refuseMove(event, 'published');
  // A draft is published, not moved.
  if (event.status === 'draft')
    throw new DomainError('event.bad_move', { from: event.status, to: 'published' });
  const startsAt = eventTime(to.startsAt);
  const next: Event = {
    ...event,
    status: 'published',
    startsAt,
    endsAt: eventTime(to.endsAt),
    doorsAt: to.doorsAt === null ? null : eventTime(to.doorsAt),
    salesEndAt: to.salesEndAt === undefined ? shifted(event, startsAt.at) : to.salesEndAt,
    waitingRoom: plannedRoom(event, to.roomOpensAt, startsAt, now),
    postponement: {
      at: now,
      by,
      reason,
      from: event.startsAt,
      latestStart: latestStart(event),
      fullRefundUntil: refundWindow(event, refundDays, now, startsAt.at),
    },
    revision: event.revision + 1,
    updatedAt: now,
  };
  const issues = [...eventFaults(next), ...roomFaults(event, next, to.roomOpensAt, now)];
  if (startsAt.at <= now) issues.push({ path: 'startsAt', message: 'must not be in the past' });
  if (issues.length > 0) throw new DomainError('input.invalid', { issues });
  return next;
};

const shifted = ({ salesEndAt, startsAt }: Event, start: Date): Date | null =>
  salesEndAt === null ? null : addMs(salesEndAt, start.getTime() - startsAt.at.getTime());

const latestStart = ({ startsAt, postponement }: Event): Date =>
  postponement !== undefined && postponement.latestStart > startsAt.at
    ? postponement.latestStart
    : startsAt.at;
