import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, money } from './money.ts';

const amount = fc.integer({ min: -99_999_999, max: 99_999_999 });
const weights = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 60 });
const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const split = (of: number, over: readonly number[]) =>
  allocate(money(of, 'EUR'), over).map((part) => part.amount);

test('the parts of any amount over any weights sum to it', () => {
  fc.assert(
    fc.property(amount, weights, (of, over) => {
      const parts = split(of, over);
      expect(parts).toHaveLength(over.length);
      expect(total(parts)).toBe(of);
    }),
    { numRuns: 2_000 },
  );
});

test('no part is a whole unit away from its exact share, nor of the other sign', () => {
  fc.assert(
    fc.property(amount, weights, (of, over) => {
      const all = BigInt(total(over));
      fc.pre(all > 0n);
      split(of, over).forEach((part, index) => {
        const distance = BigInt(part) * all - BigInt(of) * BigInt(over[index] ?? 0);
        expect(distance < all && distance > -all).toBe(true);
        expect(Object.is(part, -0)).toBe(false);
        expect(part === 0 || Math.sign(part) === Math.sign(of)).toBe(true);
      });
    }),
  );
});

test('a refund of everything takes back from each part what it got', () => {
  fc.assert(
    fc.property(amount, weights, (of, over) => {
      const there = split(of, over);
      expect(split(-of, over)).toEqual(there.map((part) => 0 - part));
    }),
  );
});

test('a greater weight never gets less', () => {
  fc.assert(
    fc.property(fc.nat(99_999_999), weights, (of, over) => {
      const parts = split(of, over);
      const byWeight = over.map((weight, index) => ({ weight, part: parts[index] ?? 0 }));
      for (const a of byWeight) {
        for (const b of byWeight) if (a.weight > b.weight) expect(a.part).toBeGreaterThanOrEqual(b.part);
      }
    }),
    { numRuns: 50 },
  );
});

test('equal weights differ by one unit at most', () => {
  fc.assert(
    fc.property(fc.nat(99_999_999), fc.integer({ min: 1, max: 200 }), (of, parts) => {
      const even = split(of, new Array<number>(parts).fill(0));
      expect(Math.max(...even) - Math.min(...even)).toBeLessThanOrEqual(1);
    }),
  );
});
