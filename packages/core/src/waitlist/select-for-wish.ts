import type { Selection } from '../holds/place-hold-input.ts';
import type { AvailabilitySnapshot } from '../inventory/availability.ts';
import type { EventLayout } from '../inventory/layout.ts';
import type { Pool } from '../inventory/unit.ts';
import type { AreaId } from '../shared/ids.ts';
import { freeForWish } from './free-for-wish.ts';

/** What to hold of a wish's pools, as much as there is: from the pool that can serve the whole party, else from one after the other. */
export const selectForWish = (
  layout: EventLayout,
  snapshot: AvailabilitySnapshot,
  pools: readonly Pool[],
  quantity: number,
): Selection[] => {
  const free = pools.map((pool) => ({ pool, free: freeForWish(layout, snapshot, [pool]) }));
  const whole = free.find((each) => each.free >= quantity);
  let rest = quantity;
  return (whole === undefined ? free : [whole]).flatMap((each): Selection[] => {
    const wanted = Math.min(each.free, rest);
    rest -= wanted;
    return wanted === 0 ? [] : [selectionOf(each.pool, wanted)];
  });
};

const selectionOf = ({ kind, key }: Pool, quantity: number): Selection =>
  kind === 'seats'
    ? { kind: 'best', priceCategory: key, quantity, upTo: true, accessible: false, split: true }
    : // The key of a pool of places is its area's id.
      { kind: 'places', areaId: key as AreaId, quantity, upTo: true };
