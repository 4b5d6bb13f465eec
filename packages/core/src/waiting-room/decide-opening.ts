import type { Event, WaitingRoom } from '../events/event.ts';

/** Whether it is time to open the room of this event and nobody has done it. */
export const isDueToOpen = ({ status, waitingRoom }: Event, now: Date): boolean =>
  status === 'published' &&
  waitingRoom !== null &&
  waitingRoom.opening === null &&
  waitingRoom.opensAt.at <= now;

/**
 * The event with its room opened now, one revision further. Now and not at `opensAt`: when nobody could come for a while, nobody's turn
 * has passed and no crowd is called at once. `crowd`: above all numbers given so far.
 */
export const decideOpening = (
  event: Event,
  room: WaitingRoom,
  { seed, crowd, now }: { readonly seed: string; readonly crowd: number; readonly now: Date },
): Event => ({
  ...event,
  waitingRoom: {
    ...room,
    opening: { seed, crowd, openedAt: now },
    pace: [{ since: now, from: 0, perMinute: room.turnsPerMinute }],
  },
  revision: event.revision + 1,
  updatedAt: now,
});
