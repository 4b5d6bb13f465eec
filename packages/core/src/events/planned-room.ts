import { movedAlong, type WallTime } from '../shared/wall-time.ts';
import { eventTime } from './build-event.ts';
import type { Event, WaitingRoom } from './event.ts';
import type { EventFault } from './event-faults.ts';

/** Opened, or about to be by whoever looks next. While the event is postponed none opens. */
export const hasRoomOpened = ({ waitingRoom: room, status }: Event, now: Date): boolean =>
  room !== null && (room.opening !== null || (status === 'published' && room.opensAt.at <= now));

/**
 * The room of an event that gets another start. One that has not opened opens at `opensAt`; absent: as it was planned, and if that passed while
 * the show was put off, as long before the start as it was.
 */
export const plannedRoom = (
  event: Event,
  opensAt: WallTime | undefined,
  start: WallTime,
  now: Date,
): WaitingRoom | null => {
  const { waitingRoom: room, startsAt } = event;
  if (room === null || hasRoomOpened(event, now)) return room;
  if (opensAt !== undefined) return { ...room, opensAt: eventTime(opensAt) };
  if (room.opensAt.at > now) return room;
  return { ...room, opensAt: eventTime(movedAlong(room.opensAt, startsAt, start)) };
};

/** What is wrong with the room's part of a new plan. */
export const roomFaults = (
  before: Event,
  after: Event,
  opensAt: WallTime | undefined,
  now: Date,
): EventFault[] => {
  const fault = (message: string): EventFault[] => [{ path: 'roomOpensAt', message }];
  const { waitingRoom: room } = before;
  if (room === null)
    return opensAt === undefined ? [] : fault('must be absent: the event has no waiting room');
  if (hasRoomOpened(before, now))
    return opensAt === undefined
      ? []
      : fault('must be absent: the waiting room has opened; pause and resume it');
  if ((after.waitingRoom?.opensAt.at ?? now) > now) return [];
  return fault(
    opensAt === undefined
      ? 'is needed: the waiting room was to open while the event was postponed'
      : 'must not be in the past',
  );
};
