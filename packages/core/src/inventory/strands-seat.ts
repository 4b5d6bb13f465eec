import type { AvailabilitySnapshot } from './availability.ts';
import type { EventLayout } from './layout.ts';
import { blocksIn, companyIn, freeSeats } from './seat-blocks.ts';
import { seatRows } from './seat-rows.ts';
import type { Unit, UnitId } from './unit.ts';

/** Runs of neighbours among the picked seats: [run, first position, size]. */
const fragmentsOf = (
  layout: EventLayout,
  seats: readonly number[],
): { run: number; start: number; size: number }[] => {
  const rows = seatRows(layout);
  const spots = seats
    .map((seat) => ({ run: rows.runOf[seat] ?? -1, start: rows.positionOf[seat] ?? -1, size: 1 }))
    .sort((a, b) => a.run - b.run || a.start - b.start);
  const fragments: { run: number; start: number; size: number }[] = [];
  for (const spot of spots) {
    const last = fragments.at(-1);
    if (last !== undefined && last.run === spot.run && last.start + last.size === spot.start) last.size += 1;
    else fragments.push(spot);
  }
  return fragments;
};

/**
 * The seats that an explicit choice would leave alone, though it need not: there is a place for as many people side by side,
 * in the same category, that strands nobody. The whole choice is judged, and where there is no such place nothing is refused.
 * Chosen seats that are not free in the snapshot make the answer empty: whoever takes them will say so.
 */
export const strandsSeat = (
  layout: EventLayout,
  snapshot: AvailabilitySnapshot,
  chosen: readonly Unit[],
): UnitId[] => {
  const rows = seatRows(layout);
  const seats = chosen.map((unit) => unit.seat).filter((seat) => seat >= 0);
  const isFree = freeSeats(snapshot);
  if (!seats.every(isFree)) return [];
  const before = companyIn(rows, isFree);
  const after = companyIn(rows, freeSeats(snapshot, new Set(seats)));
  const lostCompany = (run: number, position: number): boolean =>
    after(run, position) &&
    (before(run, position - 1) || before(run, position + 1)) &&
    !after(run, position - 1) &&
    !after(run, position + 1);

  const stranded = fragmentsOf(layout, seats).flatMap(({ run, start, size }) => {
    const alone = [start - 1, start + size].filter((position) => lostCompany(run, position));
    if (alone.length === 0) return [];
    const first = rows.runs[run]?.seats[start] ?? -1;
    const accessible = seats.some((seat) => rows.accessible[seat] === 1);
    const wish = { pool: rows.poolOf[first] ?? -1, size, accessible };
    if (blocksIn(layout, snapshot, wish).clean.length === 0) return [];
    return alone.map((position) => layout.seatUnit(rows.runs[run]?.seats[position] ?? -1).unitId);
  });
  return [...new Set(stranded)];
};
