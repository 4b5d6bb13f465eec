import type { WaitingRoom } from '../events/event.ts';
import { isPaused } from './decide-steering.ts';
import { pollAfterMs } from './poll-after.ts';
import { type Turn, turnAt } from './turn.ts';

/** What who waits is told. `no_room`: nobody has to wait, and no pass is needed. */
export type RoomView =
  | { readonly state: 'no_room' }
  | (Turn & {
      readonly opensAt: Date;
      readonly isPaused: boolean;
      /** Ask again after so long, give or take a fifth at random. */
      readonly pollAfterMs: number;
    });

export const roomView = (room: WaitingRoom, number: number, now: Date): RoomView => {
  const turn = turnAt(room, number, now);
  return {
    ...turn,
    opensAt: room.opensAt.at,
    isPaused: isPaused(room),
    pollAfterMs: pollAfterMs(room, turn, now),
  };
};
