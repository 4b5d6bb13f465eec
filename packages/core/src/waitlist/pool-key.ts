import type { Event } from '../events/event.ts';
import type { EventLayout } from '../inventory/layout.ts';
import type { Pool, UnitId } from '../inventory/unit.ts';
import type { Wish } from './entry.ts';

/** Names a pool for the waitlist: indexes are those of one layout, and a category may be called like an area. */
export const poolKey = ({ kind, key }: Pick<Pool, 'kind' | 'key'>): string => `${kind}:${key}`;

/**
 * The pool that a unit would be waited for in; null for one that nobody waits for: wheelchair places, which are sold to those who need
 * them and offered to nobody else, and units that this layout does not have.
 */
export const waitedPoolOf = (layout: EventLayout, unitId: UnitId): string | null => {
  const unit = layout.findUnit(unitId);
  if (unit === null || layout.seats[unit.seat]?.accessible === true) return null;
  return poolKey(layout.poolOf(unit));
};

/** The pools that fit a wish and are sold at all. None: it cannot be fulfilled at this event. */
export const poolsOfWish = (event: Event, layout: EventLayout, wish: Wish): Pool[] => {
  const types = event.ticketTypes.filter(({ id }) => wish.ticketTypeId === null || id === wish.ticketTypeId);
  return layout.pools.filter(
    (pool) =>
      types.some(({ prices }) => prices[pool.priceCategory] !== undefined) &&
      (wish.priceCategory === null || pool.priceCategory === wish.priceCategory) &&
      (wish.areaId === null || (pool.kind === 'places' && pool.key === wish.areaId)),
  );
};
