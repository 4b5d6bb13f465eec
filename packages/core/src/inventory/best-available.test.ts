import { describe, expect, it } from 'vitest';
import { bestAvailable, type SeatWish } from './best-available.ts';
import { house } from './testing/seated-event.ts';

const wish = (quantity: number, change: Partial<SeatWish> = {}): SeatWish => ({
  pool: 0,
  quantity,
  accessible: false,
  split: true,
  ...change,
});
/** The first candidate as guids `row-column`. */
const first = (lines: string[], want: SeatWish, seed = 1) => {
  const { layout, snapshot } = house(...lines);
  return (bestAvailable(layout, snapshot, want, seed).candidates[0] ?? []).map(({ unitId }) =>
    unitId.slice(2),
  );
};

describe('best available', () => {
  it('is in front and in the centre', () => {
    expect(first(['.........', '.........'], wish(3))).toEqual(['0-3', '0-4', '0-5']);
    expect(first(['xxxxxxxxx', '.........'], wish(1))).toEqual(['1-4']);
  });
  it('seats a party side by side, not across an aisle and not over a taken seat', () => {
    expect(first(['.. ..', '.x.x.', '.....'], wish(3))).toEqual(['2-0', '2-1', '2-2'].slice(0, 3));
  });
  it('strands nobody where there is a way, though worse seats result', () => {
    // In front three are left: any two of them leave one alone.
    expect(first(['...', '....'], wish(2))).not.toContain('0-1');
    expect(first(['...', 'xx..'], wish(2))).toEqual(['1-2', '1-3']);
  });
  it('strands somebody where there is no other way: the last booking is not refused', () => {
    expect(first(['...'], wish(2))).toHaveLength(2);
    expect(first(['x..x', '...'], wish(1))).toHaveLength(1);
  });
  it('never takes a wheelchair place unless it is asked for', () => {
    expect(first(['ww'], wish(1))).toEqual([]);
    expect(first(['.w.', '..'], wish(2))).toEqual(['1-0', '1-1']);
    expect(first(['....', '..w.'], wish(2, { accessible: true }))).toContain('1-2');
    expect(first(['....'], wish(2, { accessible: true }))).toEqual([]);
  });
  it('takes seats of the wanted category only', () => {
    expect(first(['bb..'], wish(2))).toEqual(['0-2', '0-3']);
    expect(first(['bb..'], wish(2, { pool: 1 }))).toEqual(['0-0', '0-1']);
  });
  it('splits a party that fits nowhere into few blocks near each other, and not at all when told so', () => {
    const lines = ['...x', 'xxxx', '..xx', 'x..x'];
    const { layout, snapshot } = house(...lines);
    expect(bestAvailable(layout, snapshot, wish(5, { split: false }), 1)).toEqual({
      candidates: [],
      free: 7,
    });
    const seats = first(lines, wish(5));
    expect(new Set(seats).size).toBe(5);
    expect(seats.filter((seat) => seat.startsWith('0'))).toHaveLength(3);
  });
  it('leaves nobody of a split party alone where the sizes allow it', () => {
    const seats = first(['...x...'], wish(4));
    expect(seats.filter((seat) => Number(seat.slice(2)) < 3)).toHaveLength(2);
  });
  it('says how many are free when there are too few', () => {
    const { layout, snapshot } = house('.x.hw#');
    expect(bestAvailable(layout, snapshot, wish(3), 1)).toEqual({ candidates: [], free: 2 });
  });
  it('proposes the same to the same seed, and spreads others over the house', () => {
    const { layout, snapshot } = house(...Array.from({ length: 20 }, () => '.'.repeat(20)));
    const last = (seed: number) =>
      bestAvailable(layout, snapshot, wish(2), seed).candidates.at(-1)?.[0]?.unitId;
    expect(last(7)).toBe(last(7));
    expect(new Set(Array.from({ length: 50 }, (_, seed) => last(seed))).size).toBeGreaterThan(20);
  });
});
