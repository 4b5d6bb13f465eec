import type { Booking } from '../bookings/booking.ts';
import type { UnitId } from '../inventory/unit.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { type FreeUnitsDeps, freeUnits } from './free-units.ts';

/**
 * Frees some units of a booking, each for the person it counts against: the claim says who that is, because a ticket that was
 * passed on counts against its holder.
 */
export const freeClaimsOf = async (
  deps: FreeUnitsDeps,
  tx: Tx,
  { id: owner, eventId }: Pick<Booking, 'id' | 'eventId'>,
  unitIds: readonly UnitId[],
  key: string,
): Promise<void> => {
  const byPerson = new Map<string | null, UnitId[]>();
  for (const claim of await deps.claims.findOwners(eventId, unitIds, tx))
    if (claim.owner === owner)
      byPerson.set(claim.person, [...(byPerson.get(claim.person) ?? []), claim.unitId]);
  let n = 0;
  for (const [person, theirs] of byPerson) {
    n += 1;
    await freeUnits(deps, tx, { eventId, owner, person, unitIds: theirs, key: `${key}:${n}` });
  }
};
