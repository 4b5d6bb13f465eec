import type { Claim } from '../inventory/claim.ts';
import type { Unit, UnitId } from '../inventory/unit.ts';
import type { EventId } from '../shared/ids.ts';
import type { SaleDeps } from './sale-deps.ts';

/**
 * Tells Redis at once who really has these units, as Mongo knows, so that nobody else is sent into the same refusal.
 * Returns the units that are claimed. Should Redis not listen now, the reconciler repairs it within a minute.
 */
export const correctMirror = async (
  { claims, mirror }: Pick<SaleDeps, 'claims' | 'mirror'>,
  eventId: EventId,
  units: readonly Unit[],
): Promise<UnitId[]> => {
  const owned = await claims.findOwners(
    eventId,
    units.map(({ unitId }) => unitId),
  );
  const byOwner = new Map<string, Claim[]>();
  for (const claim of owned) byOwner.set(claim.owner, [...(byOwner.get(claim.owner) ?? []), claim]);
  await Promise.allSettled(
    [...byOwner].map(([owner, theirs]) => {
      const ids = new Set(theirs.map(({ unitId }) => unitId));
      return mirror.follow({
        eventId,
        owner,
        person: theirs[0]?.person ?? null,
        change: 'mark',
        units: units.filter(({ unitId }) => ids.has(unitId)),
        again: true,
      });
    }),
  );
  return owned.map(({ unitId }) => unitId);
};
