import type { WaitlistEntryId } from '../shared/ids.ts';
import type { WaitlistEntry } from './entry.ts';
import type { WaitlistEntryStore } from './ports.ts';

/**
 * Where the waiting entries of a page stand. The page has, in their order, all that wait between its first and its last, so whoever is
 * ahead is counted once for each set of pools, and the others are found by walking the page: a long list costs no count an entry.
 */
export const positionsOfPage = async (
  waitlistEntries: Pick<WaitlistEntryStore, 'countAhead'>,
  page: readonly WaitlistEntry[],
): Promise<ReadonlyMap<WaitlistEntryId, number>> => {
  const waiting = page.filter(({ status }) => status === 'waiting');
  const positions = new Map<WaitlistEntryId, number>();
  const firstOf = new Map<string, { readonly index: number; readonly ahead: number }>();
  for (const [index, entry] of waiting.entries()) {
    const key = JSON.stringify([...entry.pools].sort());
    const first = firstOf.get(key) ?? { index, ahead: await waitlistEntries.countAhead(entry) };
    firstOf.set(key, first);
    const between = waiting
      .slice(first.index, index)
      .filter(({ pools }) => pools.some((pool) => entry.pools.includes(pool)));
    positions.set(entry.id, first.ahead + between.length + 1);
  }
  return positions;
};
