import type { AvailabilitySnapshot, PoolCount } from '../availability.ts';
import type { LiveDelta } from './live-message.ts';

/** Runs longer than this in numbers are not worth the look at a snapshot's size: JSON has about five characters for each. */
const CHARACTERS_A_NUMBER = 5;
/** What a snapshot takes besides its seats, roughly. */
const SNAPSHOT_HEAD = 1_024;

/** [first seat, how many, state] of neighbours that changed to the same state. Bytes that one side lacks are free seats. */
const seatRuns = (from: Uint8Array, to: Uint8Array): number[] => {
  const runs: number[] = [];
  const bytes = Math.max(from.length, to.length);
  for (let byte = 0; byte < bytes; byte += 1) {
    const before = from[byte] ?? 0;
    const after = to[byte] ?? 0;
    if (before === after) continue;
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const shift = 6 - 2 * quarter;
      const state = (after >> shift) & 3;
      if (state === ((before >> shift) & 3)) continue;
      const seat = 4 * byte + quarter;
      const last = runs.length - 3;
      const [first, count, same] = last < 0 ? [] : runs.slice(last);
      if (first !== undefined && count !== undefined && first + count === seat && same === state)
        runs[last + 1] = count + 1;
      else runs.push(seat, 1, state);
    }
  }
  return runs;
};

const sameCount = (a: PoolCount | undefined, b: PoolCount): boolean =>
  a !== undefined && a.free === b.free && a.held === b.held && a.taken === b.taken;

/**
 * What a listener who has `from` needs to know to have `to`. null: it needs all of `to`, because that is of another copy, older,
 * or of another revision of the event (other pools, another status), or because the difference says it no shorter.
 */
export const deltaBetween = (from: AvailabilitySnapshot, to: AvailabilitySnapshot): LiveDelta | null => {
  if (from.epoch !== to.epoch || from.revision !== to.revision || from.version > to.version) return null;
  const seats = seatRuns(from.seats, to.seats);
  const snapshotSize = (to.seats.length * 4) / 3 + SNAPSHOT_HEAD;
  if (seats.length * CHARACTERS_A_NUMBER > snapshotSize) return null;
  const pools = to.counts.flatMap((count, pool): LiveDelta['pools'][number][] =>
    sameCount(from.counts[pool], count) ? [] : [[pool, count.free, count.held, count.taken]],
  );
  return { kind: 'delta', epoch: to.epoch, from: from.version, version: to.version, pools, seats };
};
