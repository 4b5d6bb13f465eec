import type { RoomPace, WaitingRoom } from '../events/event.ts';
import { MINUTE_MS } from '../shared/clock.ts';

/** How far one stretch of pace has come at `at`. */
const lineIn = ({ since, from, perMinute }: RoomPace, at: Date): number =>
  from + (Math.max(0, at.getTime() - since.getTime()) * perMinute) / MINUTE_MS;

/**
 * How far the line is called up at `now`: position p has its turn from the moment at which this reaches p. It never falls: rates are at
 * least 0, and each stretch begins where the one before it ended. -1 before the opening.
 */
export const lineAt = ({ pace }: Pick<WaitingRoom, 'pace'>, now: Date): number => {
  const stretch = pace.findLast(({ since }) => since <= now) ?? pace[0];
  return stretch === undefined ? -1 : lineIn(stretch, now);
};

/**
 * When the line reaches a position, by the pace there is now: in the past exact and final, in the future an estimate. null: never,
 * because the room has not opened or is paused. `forgotten`: longer ago than any turn lasts.
 */
export const whenCalled = (
  { pace }: Pick<WaitingRoom, 'pace'>,
  position: number,
): Date | 'forgotten' | null => {
  const [first] = pace;
  if (first === undefined) return null;
  if (position < first.from) return 'forgotten';
  for (const [i, stretch] of pace.entries()) {
    if (position <= stretch.from) return stretch.since;
    const next = pace[i + 1];
    if (stretch.perMinute === 0 || (next !== undefined && next.from < position)) continue;
    const ms = ((position - stretch.from) * MINUTE_MS) / stretch.perMinute;
    return new Date(Math.ceil(stretch.since.getTime() + ms));
  }
  return null;
};
