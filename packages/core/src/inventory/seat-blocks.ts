import { type AvailabilitySnapshot, seatStateAt } from './availability.ts';
import type { EventLayout } from './layout.ts';
import { type SeatRows, seatRows } from './seat-rows.ts';

/** Seats side by side: `size` of them from `start` on in a run. */
export type Block = {
  readonly run: number;
  readonly start: number;
  readonly size: number;
  /** Mean distance from front and centre: the smaller, the better. */
  readonly badness: number;
};

export type BlockWish = { readonly pool: number; readonly size: number; readonly accessible: boolean };

/** Best first; within a stretch of free seats the blocks of one list do not overlap. */
export type Blocks = { readonly clean: readonly Block[]; readonly stranding: readonly Block[] };

/** Which seats are free, less those in `used`. */
export const freeSeats =
  (snapshot: AvailabilitySnapshot, used?: ReadonlySet<number>) =>
  (seat: number): boolean =>
    seatStateAt(snapshot.seats, seat) === 'free' && used?.has(seat) !== true;

export type IsFree = (seat: number) => boolean;

/**
 * Company is a free seat that anybody may take: one without company on either side is stranded. Wheelchair places are
 * neither company nor stranded, because general picks never take them.
 */
export const companyIn =
  (rows: SeatRows, isFree: IsFree) =>
  (run: number, position: number): boolean => {
    const seat = rows.runs[run]?.seats[position];
    return seat !== undefined && rows.accessible[seat] === 0 && isFree(seat);
  };

/** Whether taking this block leaves a seat alone that had company before. */
const strands = (
  company: ReturnType<typeof companyIn>,
  run: number,
  start: number,
  size: number,
): boolean => {
  const end = start + size - 1;
  const left = company(run, start) && company(run, start - 1) && !company(run, start - 2);
  const right = company(run, end) && company(run, end + 1) && !company(run, end + 2);
  return left || right;
};

/** Of overlapping blocks of one run the better ones. */
const apart = (sorted: readonly Block[], length: number): Block[] => {
  const covered = new Uint8Array(length);
  return sorted.filter(({ start, size }) => {
    if (covered[start] === 1 || covered[start + size - 1] === 1) return false;
    covered.fill(1, start, start + size);
    return true;
  });
};

const better = (a: Block, b: Block): number => a.badness - b.badness || a.run - b.run || a.start - b.start;

/** More clean blocks than this are not looked for: with the house so empty nobody needs the worst of them. */
const PLENTY = 512;
const NO_SEATS = { seats: new Int32Array(), sums: new Float64Array(), best: Infinity };

/**
 * Ways to seat `size` people side by side in a pool: all of them, or at least 512 clean ones with the best among them. One
 * pass over the rows, the best ones first; every block of a row is at least as bad as the row's best seat, so the search may stop
 * when that is worse than the best block found.
 */
export const findBlocks = (rows: SeatRows, isFree: IsFree, { pool, size, accessible }: BlockWish): Blocks => {
  const company = companyIn(rows, isFree);
  const found = { clean: [] as Block[], stranding: [] as Block[] };
  let best = Infinity;
  for (const run of rows.runsByBest) {
    const { seats, sums, best: bestSeat } = rows.runs[run] ?? NO_SEATS;
    if (found.clean.length >= PLENTY && bestSeat > best) break;
    const here = { clean: [] as Block[], stranding: [] as Block[] };
    let [length, special] = [0, -1];
    for (let position = 0; position < seats.length; position += 1) {
      const seat = seats[position] ?? -1;
      const wheelchair = rows.accessible[seat] === 1;
      const fits = rows.poolOf[seat] === pool && isFree(seat) && (accessible || !wheelchair);
      length = fits ? length + 1 : 0;
      if (wheelchair) special = position;
      const start = position - size + 1;
      if (length < size || (accessible && special < start)) continue;
      const badness = ((sums[position + 1] ?? 0) - (sums[start] ?? 0)) / size;
      const block = { run, start, size, badness };
      (strands(company, run, start, size) ? here.stranding : here.clean).push(block);
    }
    found.clean.push(...apart(here.clean.sort(better), seats.length));
    found.stranding.push(...apart(here.stranding.sort(better), seats.length));
    best = Math.min(best, here.clean[0]?.badness ?? Infinity);
  }
  return { clean: found.clean.sort(better), stranding: found.stranding.sort(better) };
};

const known = new WeakMap<AvailabilitySnapshot, Map<string, Blocks>>();

/** findBlocks on a whole snapshot, remembered with it: all who ask within its 250 ms share one search. */
export const blocksIn = (layout: EventLayout, snapshot: AvailabilitySnapshot, wish: BlockWish): Blocks => {
  const memory = known.get(snapshot) ?? new Map<string, Blocks>();
  known.set(snapshot, memory);
  const key = `${layout.revision}/${wish.pool}/${wish.size}/${wish.accessible}`;
  const blocks = memory.get(key) ?? findBlocks(seatRows(layout), freeSeats(snapshot), wish);
  memory.set(key, blocks);
  return blocks;
};

/** The seat indexes of a block. */
export const seatsOfBlock = (rows: SeatRows, { run, start, size }: Block): number[] => [
  ...(rows.runs[run]?.seats.subarray(start, start + size) ?? []),
];
