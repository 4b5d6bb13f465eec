import { type AvailabilitySnapshot, seatStateAt } from '../inventory/availability.ts';
import type { EventLayout } from '../inventory/layout.ts';
import type { Pool } from '../inventory/unit.ts';

/** How many units of these pools are on sale and free, of those that anybody may take: wheelchair places are not counted. */
export const freeForWish = (
  layout: EventLayout,
  { counts, seats }: AvailabilitySnapshot,
  pools: readonly Pool[],
): number => {
  const free = pools.reduce((sum, { index }) => sum + (counts[index]?.free ?? 0), 0);
  const categories = new Set(pools.filter(({ kind }) => kind === 'seats').map(({ key }) => key));
  const kept = layout.seats.filter(
    ({ accessible, category }, index) =>
      accessible && categories.has(category) && seatStateAt(seats, index) === 'free',
  );
  return free - kept.length;
};
