import { type AvailabilitySnapshot, seatStateAt } from '../inventory/availability.ts';
import type { EventLayout } from '../inventory/layout.ts';
import type { Unit } from '../inventory/unit.ts';
import { MAX_ENTRY_QUANTITY } from './entry.ts';

/** Of an area no more than several parties could need. */
const MOST_PLACES = 5 * MAX_ENTRY_QUANTITY;

/**
 * What is free on sale, as units to plan with; wheelchair places are left to those who need them. Places of an area have no numbers here:
 * Redis picks them when they are taken.
 */
export const unitsOnSale = (layout: EventLayout, { counts, seats }: AvailabilitySnapshot): Unit[] => {
  const free: Unit[] = [];
  layout.seats.forEach(({ accessible }, index) => {
    const unit = layout.seatUnit(index);
    if (!accessible && unit.pool >= 0 && seatStateAt(seats, index) === 'free') free.push(unit);
  });
  for (const { kind, key, index } of layout.pools) {
    if (kind !== 'places') continue;
    const places = Math.min(counts[index]?.free ?? 0, MOST_PLACES);
    for (let n = 0; n < places; n += 1)
      free.push({ unitId: `${key} on sale ${n}`, pool: index, seat: -1, place: 0 });
  }
  return free;
};
