import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seatStateAt } from './availability.ts';
import { bestAvailable } from './best-available.ts';
import { seatRows } from './seat-rows.ts';
import { strandsSeat } from './strands-seat.ts';
import { house } from './testing/seated-event.ts';

const line = fc
  .array(fc.constantFrom('.', '.', '.', '.', 'x', 'h', '#', 'w', 'b', ' '), { minLength: 1, maxLength: 12 })
  .map((letters) => letters.join(''));
const drawn = fc.array(line, { minLength: 1, maxLength: 4 });
const wishes = fc.record({
  pool: fc.constantFrom(0, 1),
  quantity: fc.integer({ min: 1, max: 6 }),
  accessible: fc.boolean(),
  split: fc.boolean(),
});

describe('best available, in any house', () => {
  it('proposes so many different free seats of the category, wheelchair places only when asked, or says that there are none', () => {
    fc.assert(
      fc.property(drawn, wishes, fc.nat(), (lines, wish, seed) => {
        const { layout, snapshot } = house(...lines);
        const rows = seatRows(layout);
        const { candidates, free } = bestAvailable(layout, snapshot, wish, seed);
        for (const block of candidates) {
          expect(new Set(block.map(({ unitId }) => unitId)).size).toBe(wish.quantity);
          for (const { seat, pool } of block) {
            expect(pool).toBe(wish.pool);
            expect(seatStateAt(snapshot.seats, seat)).toBe('free');
            if (!wish.accessible) expect(rows.accessible[seat]).toBe(0);
          }
        }
        if (candidates.length === 0 && wish.split && !wish.accessible)
          expect(free).toBeLessThan(wish.quantity);
      }),
    );
  });

  it('never refuses a party for which there are enough seats, however it sits', () => {
    fc.assert(
      fc.property(drawn, wishes, fc.nat(), (lines, wish, seed) => {
        const { layout, snapshot } = house(...lines);
        const general = { ...wish, accessible: false, split: true };
        const free = layout.seats.filter(
          (seat, index) =>
            layout.seatUnit(index).pool === wish.pool &&
            !seat.accessible &&
            seatStateAt(snapshot.seats, index) === 'free',
        ).length;
        const found = bestAvailable(layout, snapshot, general, seed).candidates.length > 0;
        expect(found).toBe(free >= wish.quantity);
      }),
    );
  });

  it('proposes together nothing that the rule for chosen seats would refuse', () => {
    fc.assert(
      fc.property(drawn, wishes, fc.nat(), (lines, wish, seed) => {
        const { layout, snapshot } = house(...lines);
        const { candidates } = bestAvailable(
          layout,
          snapshot,
          { ...wish, accessible: false, split: false },
          seed,
        );
        for (const block of candidates) expect(strandsSeat(layout, snapshot, block)).toEqual([]);
      }),
    );
  });
});

describe('rows, in any house', () => {
  it('have every seat once, and know where it is', () => {
    fc.assert(
      fc.property(drawn, (lines) => {
        const { layout } = house(...lines);
        const rows = seatRows(layout);
        const all = rows.runs.flatMap(({ seats }) => [...seats]);
        expect(all.toSorted((a, b) => a - b)).toEqual(layout.seats.map((_, index) => index));
        for (const seat of all) {
          expect(rows.runs[rows.runOf[seat] ?? -1]?.seats[rows.positionOf[seat] ?? -1]).toBe(seat);
        }
      }),
    );
  });
});
