import { type AvailabilitySnapshot, type SeatState, seatStateAt } from './availability.ts';
import type { EventLayout } from './layout.ts';
import type { UnitId } from './unit.ts';

/** A hold's owner in Redis begins so; see InventoryMirror.owners. */
const HOLD = 'h:';

export const isHold = (owner: string): boolean => owner.startsWith(HOLD);

const stateOf = (owner: string): SeatState => {
  if (isHold(owner)) return 'held';
  return owner === 'blocked' || owner === 'retired' ? 'blocked' : 'taken';
};

/**
 * Whether the counts and seat states of a snapshot are those that its units' owners come to. Redis keeps them beside the owners, so that
 * nobody has to count; they can only differ through a fault, which no comparison of owners would ever find. Units that the layout
 * does not know count nowhere. `owners` and `snapshot` must be of the same version.
 */
export const isDerivedFromOwners = (
  snapshot: AvailabilitySnapshot,
  owners: ReadonlyMap<UnitId, string>,
  layout: EventLayout,
): boolean => {
  const counts = layout.pools.map(({ capacity }) => ({ free: capacity, held: 0, taken: 0 }));
  const states = new Map<number, SeatState>();
  for (const [unitId, owner] of owners) {
    const unit = layout.findUnit(unitId);
    const count = unit === null ? undefined : counts[unit.pool];
    if (unit === null || count === undefined) continue;
    count.free -= 1;
    count[isHold(owner) ? 'held' : 'taken'] += 1;
    if (unit.seat >= 0) states.set(unit.seat, stateOf(owner));
  }
  const sameCounts = counts.every(({ free, held, taken }, pool) => {
    const said = snapshot.counts[pool];
    return said?.free === free && said.held === held && said.taken === taken;
  });
  return (
    sameCounts &&
    layout.seats.every((_, seat) => seatStateAt(snapshot.seats, seat) === (states.get(seat) ?? 'free'))
  );
};
