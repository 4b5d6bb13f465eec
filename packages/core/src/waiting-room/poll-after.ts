import type { WaitingRoom } from '../events/event.ts';
import { SECOND_MS } from '../shared/clock.ts';
import type { Turn } from './turn.ts';

const SOONEST_MS = SECOND_MS;
const LATEST_MS = 15 * SECOND_MS;

/** When asking again is worth it: often enough to be there in time, seldom enough for 100,000 who wait. Askers add jitter. */
export const pollAfterMs = (room: WaitingRoom, turn: Turn, now: Date): number => {
  const inABit = (at: Date | null): number =>
    at === null
      ? LATEST_MS
      : Math.round(Math.min(LATEST_MS, Math.max(SOONEST_MS, (at.getTime() - now.getTime()) / 4)));
  if (turn.state === 'before_opening') return inABit(room.opensAt.at);
  return turn.state === 'waiting' ? inABit(turn.beginsAt) : LATEST_MS;
};
