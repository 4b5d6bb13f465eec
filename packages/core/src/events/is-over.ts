import type { Event } from './event.ts';

/**
 * Begun, and not sold at the door or while it lasts either: a ticket would be worth nothing. A postponed event is still to come, whatever
 * start it had.
 */
export const isOver = (
  { status, startsAt, salesEndAt }: Pick<Event, 'status' | 'startsAt' | 'salesEndAt'>,
  now: Date,
): boolean =>
  status !== 'postponed' && now.getTime() >= Math.max(startsAt.at.getTime(), salesEndAt?.getTime() ?? 0);
