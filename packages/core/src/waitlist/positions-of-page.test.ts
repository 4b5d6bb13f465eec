import { expect, test } from 'vitest';
import type { WaitlistEntry } from './entry.ts';
import { positionsOfPage } from './positions-of-page.ts';
import { entryFor } from './testing/hall.ts';

const A = { pools: ['seats:A'] };
const FLOOR = { pools: ['places:are_1'] };
const BOTH = { pools: ['places:are_1', 'seats:A'] };

/** The list by itself: who waits for any of the same and came before. */
const listOf = (all: readonly WaitlistEntry[]) => {
  let counts = 0;
  const aheadOf = ({ place, pools }: Pick<WaitlistEntry, 'place' | 'pools'>) =>
    all.filter(
      (other) =>
        other.status === 'waiting' && other.place < place && other.pools.some((pool) => pools.includes(pool)),
    ).length;
  return {
    aheadOf,
    counts: () => counts,
    countAhead: async (entry: Pick<WaitlistEntry, 'place' | 'pools'>) => {
      counts += 1;
      return aheadOf(entry);
    },
  };
};

test('positions of a page are those that would be counted one by one, by one count for each set of pools', async () => {
  const kinds = [A, BOTH, FLOOR, A, { ...A, status: 'lapsed' as const }, BOTH, A, FLOOR, BOTH, A];
  const all = kinds.map((kind, n) => entryFor(n + 1, kind));
  const list = listOf(all);
  const page = all.slice(3);
  const positions = await positionsOfPage(list, page);
  expect(list.counts()).toBe(3);
  expect([...positions]).toEqual(
    page.filter(({ status }) => status === 'waiting').map((entry) => [entry.id, list.aheadOf(entry) + 1]),
  );
});
