import { expect, it } from 'vitest';
import { blocksIn, findBlocks, freeSeats } from './seat-blocks.ts';
import { seatRows } from './seat-rows.ts';
import { house } from './testing/seated-event.ts';

const wish = { pool: 0, size: 2, accessible: false };

it('a search in a large empty house stops early, and has the best block of all', () => {
  const { layout, snapshot } = house(...Array.from({ length: 200 }, () => '.'.repeat(41)));
  const { clean } = findBlocks(seatRows(layout), freeSeats(snapshot), wish);
  expect(clean.length).toBeGreaterThanOrEqual(512);
  expect(clean.length).toBeLessThan(200 * 20);
  expect(seatRows(layout).runs[clean[0]?.run ?? -1]?.seats[0]).toBe(0);
  expect(Math.abs((clean[0]?.start ?? 0) - 19.5)).toBeLessThanOrEqual(0.5);
});

it('all who look at one snapshot share one search', () => {
  const { layout, snapshot } = house('.....');
  expect(blocksIn(layout, snapshot, wish)).toBe(blocksIn(layout, snapshot, { ...wish }));
  expect(blocksIn(layout, snapshot, { ...wish, size: 3 })).not.toBe(blocksIn(layout, snapshot, wish));
});

it('a house sold but for its last seats is searched to the end', () => {
  const { layout, snapshot } = house(
    ...Array.from({ length: 50 }, (_, row) => (row === 49 ? 'xx..' : 'xxxx')),
  );
  expect(findBlocks(seatRows(layout), freeSeats(snapshot), wish).clean).toMatchObject([
    { start: 2, size: 2 },
  ]);
});
