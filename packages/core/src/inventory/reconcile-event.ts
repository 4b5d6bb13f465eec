import type { EventId } from '../shared/ids.ts';
import type { Claim } from './claim.ts';
import { type ClaimDifferences, claimDifferences } from './claim-differences.ts';
import type { ClaimChange, ClaimStore, InventoryMirror, LayoutSource } from './ports.ts';
import type { Unit, UnitId } from './unit.ts';

export type ReconcileEventDeps = {
  readonly mirror: Pick<InventoryMirror, 'owners' | 'follow'>;
  readonly claims: Pick<ClaimStore, 'streamOfEvent' | 'findOwners'>;
  readonly layouts: Pick<LayoutSource, 'refresh'>;
};

/** How many units Redis had wrong. `cold`: there is no copy to compare with. */
export type Reconciled = 'cold' | { readonly marked: number; readonly freed: number };

const PAGE = 500;

/** Differences that still stand when Mongo is asked again: changes that were on their way have arrived by then. */
const confirmed = async (
  { claims }: ReconcileEventDeps,
  eventId: EventId,
  { toMark, toFree }: ClaimDifferences,
): Promise<{ marks: Claim[]; frees: { unitId: UnitId; owner: string }[] }> => {
  const unitIds = [...toMark, ...toFree].map(({ unitId }) => unitId);
  const now = new Map<UnitId, Claim>();
  for (let at = 0; at < unitIds.length; at += PAGE) {
    for (const claim of await claims.findOwners(eventId, unitIds.slice(at, at + PAGE)))
      now.set(claim.unitId, claim);
  }
  return {
    marks: toMark.flatMap(({ unitId, owner }) => {
      const claim = now.get(unitId);
      return claim?.owner === owner ? [claim] : [];
    }),
    frees: toFree.filter(({ unitId, owner }) => now.get(unitId)?.owner !== owner),
  };
};

/**
 * Compares claims with their copy in Redis and repairs it unit by unit, by changes that name the owner; holds stay.
 *
 * Why this is safe beside sales: Redis is read first and Mongo after it, and a mark is told to Redis only after its claim is
 * committed. So a claim owner seen in Redis and missing in Mongo has been freed, and freeing by name hits nobody else; and a
 * claim missing in Redis is at most a mark on its way, which counts once however often it comes. `again`, because the claim
 * was read just now: the memory of freed owners may be of an earlier time (late money). Should the claim end in the moment
 * between the second look and the mark, the unit stays taken until the next run: shown wrong for a minute, never sold twice.
 */
export const reconcileEvent = async (
  deps: ReconcileEventDeps,
  { eventId }: { readonly eventId: EventId },
): Promise<Reconciled> => {
  const owners = await deps.mirror.owners(eventId);
  if (owners === null) return 'cold';
  const differences = await claimDifferences(owners, deps.claims.streamOfEvent(eventId));
  if (differences.toMark.length + differences.toFree.length === 0) return { marked: 0, freed: 0 };

  const { marks, frees } = await confirmed(deps, eventId, differences);
  const { layout } = await deps.layouts.refresh(eventId);
  const changes = new Map<string, Omit<ClaimChange, 'units'> & { readonly units: Unit[] }>();
  const add = (change: Omit<ClaimChange, 'units' | 'eventId'>, unitId: UnitId): void => {
    const unit = layout.findUnit(unitId);
    if (unit === null) return;
    const key = JSON.stringify([change.change, change.owner, change.person]);
    const all = changes.get(key) ?? { ...change, eventId, units: [] };
    all.units.push(unit);
    changes.set(key, all);
  };
  for (const { unitId, owner } of frees) add({ change: 'free', owner, person: null }, unitId);
  for (const { unitId, owner, person } of marks) add({ change: 'mark', owner, person, again: true }, unitId);
  for (const change of changes.values()) {
    if ((await deps.mirror.follow(change)) === 'cold') return 'cold';
  }
  return { marked: marks.length, freed: frees.length };
};
