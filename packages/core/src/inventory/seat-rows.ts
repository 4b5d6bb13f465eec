import type { EventLayout } from './layout.ts';

/** Seats side by side: nobody has to get up and walk between two neighbours of a run. */
export type SeatRun = {
  /** Seat indexes in order of sitting. */
  readonly seats: Int32Array;
  /** `badness` summed up to (not including) each position, one longer than `seats`. */
  readonly sums: Float64Array;
  /** Badness of its best seat. */
  readonly best: number;
};

/** How the seats of a layout sit together; made once per layout. By seat index where not said otherwise. */
export type SeatRows = {
  readonly runs: readonly SeatRun[];
  /** Numbers of the runs, the one with the best seat first. */
  readonly runsByBest: readonly number[];
  readonly runOf: Int32Array;
  readonly positionOf: Int32Array;
  readonly poolOf: Int16Array;
  readonly accessible: Uint8Array;
  /** Distance from front and centre in seat widths, the front weighing double: the smaller, the better. */
  readonly badness: Float64Array;
};

/** Neighbours further apart than this many times their row's usual distance have an aisle between them. */
const AISLE = 1.75;
/** A row with fewer distances than this does not know its usual one; the layout's is used. */
const FEW = 4;

const median = (values: number[]): number => {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
};

const natural = new Intl.Collator('en', { numeric: true });

/** Orders the seats of one row along the axis on which they spread more; seats drawn on one spot by their number. */
const inOrder = (layout: EventLayout, row: number[]): number[] => {
  const of = (index: number) => layout.seats[index] ?? { x: 0, y: 0, number: '' };
  const spread = (axis: 'x' | 'y') => {
    const values = row.map((index) => of(index)[axis]);
    return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  };
  const axis = spread('y') > spread('x') ? 'y' : 'x';
  return row.sort((a, b) => of(a)[axis] - of(b)[axis] || natural.compare(of(a).number, of(b).number));
};

const derive = (layout: EventLayout): SeatRows => {
  const { seats } = layout;
  const rows = new Map<string, number[]>();
  seats.forEach((seat, index) => {
    const key = JSON.stringify([seat.section, seat.row]);
    const row = rows.get(key);
    if (row === undefined) rows.set(key, [index]);
    else row.push(index);
  });
  const distance = (a: number, b: number): number => {
    const [one, other] = [seats[a], seats[b]];
    return one && other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  };

  const ordered = [...rows.values()].map((row) => {
    const order = inOrder(layout, row);
    return { order, gaps: order.slice(1).map((seat, i) => distance(order[i] ?? seat, seat)) };
  });
  const usual = median(ordered.flatMap(({ gaps }) => gaps)) || 1;
  const groups = ordered.flatMap(({ order, gaps }) => {
    const own = gaps.length < FEW ? usual : median([...gaps]);
    const pieces: number[][] = [[]];
    order.forEach((seat, i) => {
      const gap = gaps[i - 1];
      if (gap !== undefined && own > 0 && gap > AISLE * own) pieces.push([]);
      pieces.at(-1)?.push(seat);
    });
    return pieces;
  });

  let [left, right, front] = [Infinity, -Infinity, Infinity];
  for (const { x, y } of seats) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    front = Math.min(front, y);
  }
  const centre = (left + right) / 2;
  const badness = Float64Array.from(seats, ({ x, y }) =>
    Math.hypot((x - centre) / usual, (2 * (y - front)) / usual),
  );

  const runOf = new Int32Array(seats.length);
  const positionOf = new Int32Array(seats.length);
  const runs = groups.map((group, run): SeatRun => {
    const sums = new Float64Array(group.length + 1);
    group.forEach((seat, position) => {
      runOf[seat] = run;
      positionOf[seat] = position;
      sums[position + 1] = (sums[position] ?? 0) + (badness[seat] ?? 0);
    });
    const best = group.reduce((least, seat) => Math.min(least, badness[seat] ?? Infinity), Infinity);
    return { seats: Int32Array.from(group), sums, best };
  });
  const bestOf = (run: number): number => runs[run]?.best ?? Infinity;
  return {
    runs,
    runsByBest: runs.map((_, run) => run).sort((a, b) => bestOf(a) - bestOf(b)),
    runOf,
    positionOf,
    poolOf: Int16Array.from(seats, (_, index) => layout.seatUnit(index).pool),
    accessible: Uint8Array.from(seats, (seat) => (seat.accessible ? 1 : 0)),
    badness,
  };
};

const known = new WeakMap<EventLayout, SeatRows>();

/**
 * Rows of a layout: seats of one section and row, ordered along the row, cut where the distance says that there is an
 * aisle. The stage is taken to be at the top of the plan (smallest y), as plans are drawn.
 */
export const seatRows = (layout: EventLayout): SeatRows => {
  const rows = known.get(layout) ?? derive(layout);
  known.set(layout, rows);
  return rows;
};
