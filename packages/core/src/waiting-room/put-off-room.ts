import type { Event } from '../events/event.ts';
import { isPaused, paced } from './decide-steering.ts';

/** The event, just postponed, with a line that stands still: turns would pass in which nothing can be held. Whoever waits keeps his place. */
export const putOffRoom = (event: Event, now: Date): Event => {
  const { waitingRoom: room } = event;
  if (room === null || room.opening === null || isPaused(room)) return event;
  return { ...event, waitingRoom: { ...room, pace: paced(room, 0, now), putOff: true } };
};

/** The event, on sale again, with a line that goes on; not when an organizer had paused it before. */
export const takeUpRoom = (event: Event, now: Date): Event => {
  const { waitingRoom: room } = event;
  if (room === null || room.putOff !== true) return event;
  const { putOff: _over, ...rest } = room;
  return { ...event, waitingRoom: { ...rest, pace: paced(room, room.turnsPerMinute, now) } };
};
