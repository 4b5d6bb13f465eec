import type { AvailabilitySnapshot } from './availability.ts';
import type { EventLayout } from './layout.ts';
import { type Block, blocksIn, findBlocks, freeSeats, seatsOfBlock } from './seat-blocks.ts';
import { type SeatRows, seatRows } from './seat-rows.ts';
import { mix, spread } from './spread.ts';
import type { Unit } from './unit.ts';

export type SeatWish = {
  /** A pool of seats. */
  readonly pool: number;
  readonly quantity: number;
  /** true: at least one wheelchair place in the first block. false: none anywhere. */
  readonly accessible: boolean;
  /** Whether a party that fits nowhere together may sit in several blocks. */
  readonly split: boolean;
};

/** `free`: seats that the wish may use. No candidates with enough free: there is no block of that size. */
export type BestAvailable = { readonly candidates: readonly (readonly Unit[])[]; readonly free: number };

/** Ways to split a party that are proposed at once. */
const SPLITS = 3;

const centreOf = (rows: SeatRows, layout: EventLayout, block: Block): { x: number; y: number } => {
  const seats = seatsOfBlock(rows, block).flatMap((seat) => layout.seats[seat] ?? []);
  const mean = (axis: 'x' | 'y') => seats.reduce((sum, seat) => sum + seat[axis], 0) / seats.length;
  return { x: mean('x'), y: mean('y') };
};

const nearest = (
  rows: SeatRows,
  layout: EventLayout,
  blocks: readonly Block[],
  to: Block,
): Block | undefined => {
  const from = centreOf(rows, layout, to);
  const distance = (block: Block) => {
    const { x, y } = centreOf(rows, layout, block);
    return Math.hypot(x - from.x, y - from.y);
  };
  let found: { block: Block; away: number } | undefined;
  for (const block of blocks) {
    const away = distance(block);
    if (found === undefined || away < found.away) found = { block, away };
  }
  return found?.block;
};

/** Few and large blocks, near the first one; a remainder of one person is avoided where the sizes allow it. */
const splitParty = (
  layout: EventLayout,
  snapshot: AvailabilitySnapshot,
  wish: SeatWish,
  seed: number,
): number[] | null => {
  const rows = seatRows(layout);
  const used = new Set<number>();
  let first: Block | undefined;
  for (let left = wish.quantity; left > 0; ) {
    let block: Block | undefined;
    for (let size = left; size > 0 && block === undefined; size -= 1) {
      if (left - size === 1 && size > 2) continue;
      const accessible = wish.accessible && first === undefined;
      const wanted = { pool: wish.pool, size, accessible };
      const { clean, stranding } = findBlocks(rows, freeSeats(snapshot, used), wanted);
      const blocks = clean.length > 0 ? clean : stranding;
      block =
        first === undefined
          ? blocks[mix(seed, 0) % Math.min(blocks.length, 8)]
          : nearest(rows, layout, blocks, first);
    }
    if (block === undefined) return null;
    first ??= block;
    for (const seat of seatsOfBlock(rows, block)) used.add(seat);
    left -= block.size;
  }
  return [...used];
};

const countFree = (layout: EventLayout, snapshot: AvailabilitySnapshot, wish: SeatWish): number => {
  const rows = seatRows(layout);
  const isFree = freeSeats(snapshot);
  let free = 0;
  for (let seat = 0; seat < layout.seats.length; seat += 1) {
    if (rows.poolOf[seat] !== wish.pool || !isFree(seat)) continue;
    if (wish.accessible || rows.accessible[seat] === 0) free += 1;
  }
  return free;
};

/**
 * Candidate blocks for a party, best first: together, front and centre. One that strands a single seat is proposed only when
 * there is no block of this size that does not. With no block at all, and `split`, the party sits in several blocks.
 * `seed` spreads those who ask at once (see spread.ts); the snapshot may be a little old: whoever takes the seats checks.
 */
export const bestAvailable = (
  layout: EventLayout,
  snapshot: AvailabilitySnapshot,
  wish: SeatWish,
  seed: number,
): BestAvailable => {
  const rows = seatRows(layout);
  const unitsOf = (seats: readonly number[]): Unit[] => seats.map(layout.seatUnit);
  const { clean, stranding } = blocksIn(layout, snapshot, { ...wish, size: wish.quantity });
  const blocks = spread(clean.length > 0 ? clean : stranding, seed);
  if (blocks.length > 0) {
    return { candidates: blocks.map((block) => unitsOf(seatsOfBlock(rows, block))), free: wish.quantity };
  }
  const free = countFree(layout, snapshot, wish);
  if (free < wish.quantity || !wish.split) return { candidates: [], free };
  const splits = Array.from({ length: SPLITS }, (_, i) => splitParty(layout, snapshot, wish, mix(seed, i)));
  return { candidates: splits.flatMap((seats) => (seats === null ? [] : [unitsOf(seats)])), free };
};
