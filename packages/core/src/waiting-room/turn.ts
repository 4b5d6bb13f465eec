import type { WaitingRoom } from '../events/event.ts';
import { addMs } from '../shared/clock.ts';
import { lineAt, whenCalled } from './line.ts';
import { permute } from './permute.ts';

/** Where a number stands. `ahead`: positions that are called before it. `beginsAt`: an estimate; null while nobody is called. */
export type Turn =
  | { readonly state: 'before_opening' }
  | {
      readonly state: 'waiting';
      readonly position: number;
      readonly ahead: number;
      readonly beginsAt: Date | null;
    }
  | { readonly state: 'turn'; readonly position: number; readonly beganAt: Date; readonly endsAt: Date }
  | { readonly state: 'over'; readonly position: number };

/** Numbers given before the opening are in random order, later ones in the order in which they were given. */
export const positionOf = ({ seed, crowd }: { seed: string; crowd: number }, number: number): number =>
  number < crowd ? permute(seed, crowd, number) : number;

/** Between which instants a number may hold, as far as is known now. null: not opened, or paused before it. */
export const turnTimes = (
  room: WaitingRoom,
  number: number,
): { readonly beginsAt: Date; readonly endsAt: Date } | 'forgotten' | null => {
  if (room.opening === null) return null;
  const beginsAt = whenCalled(room, positionOf(room.opening, number));
  if (beginsAt === null || beginsAt === 'forgotten') return beginsAt;
  return { beginsAt, endsAt: addMs(beginsAt, room.turnMs) };
};

/** A pure function of the number, what is stored of the room, and the time: asking costs nobody a write. */
export const turnAt = (room: WaitingRoom, number: number, now: Date): Turn => {
  if (room.opening === null) return { state: 'before_opening' };
  const position = positionOf(room.opening, number);
  const times = turnTimes(room, number);
  if (times === 'forgotten') return { state: 'over', position };
  if (times === null || times.beginsAt > now) {
    const ahead = Math.max(0, position - 1 - Math.floor(lineAt(room, now)));
    return { state: 'waiting', position, ahead, beginsAt: times === null ? null : times.beginsAt };
  }
  return times.endsAt > now
    ? { state: 'turn', position, beganAt: times.beginsAt, endsAt: times.endsAt }
    : { state: 'over', position };
};
