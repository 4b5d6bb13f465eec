import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seedOf, spread } from './spread.ts';

it('a spread keeps the three best, is in order, names each once, and reaches the end of the list', () => {
  fc.assert(
    fc.property(fc.nat(2_000), fc.nat(), (length, seed) => {
      const list = Array.from({ length }, (_, i) => i);
      const chosen = spread(list, seed);
      expect(chosen.slice(0, 3)).toEqual(list.slice(0, 3));
      expect(chosen).toEqual([...new Set(chosen)].toSorted((a, b) => a - b));
      expect(chosen.length).toBeLessThanOrEqual(3 + Math.ceil(Math.log2(length + 1)));
      if (length > 0)
        expect(chosen.at(-1)).toBeGreaterThanOrEqual(Math.min(length - 1, Math.floor(length / 4)));
    }),
  );
});

it('ids give seeds that differ, and the same id the same', () => {
  expect(seedOf('hld_1')).toBe(seedOf('hld_1'));
  expect(new Set(Array.from({ length: 1_000 }, (_, i) => seedOf(`hld_${i}`))).size).toBe(1_000);
});
