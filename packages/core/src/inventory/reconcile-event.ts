import type { EventId } from '../shared/ids.ts';
import type { AvailabilitySnapshot } from './availability.ts';
import type { Claim } from './claim.ts';
import { type ClaimDifferences, claimDifferences } from './claim-differences.ts';
import { isDerivedFromOwners } from './derived-from-owners.ts';
import type { AvailabilityReader, ClaimChange, ClaimStore, InventoryMirror } from './ports.ts';
import { type RestoreInventoryDeps, restoreInventory } from './restore-inventory.ts';
import type { Unit, UnitId } from './unit.ts';

export type ReconcileEventDeps = Pick<RestoreInventoryDeps, 'layouts' | 'spentTurns'> & {
  readonly mirror: Pick<InventoryMirror, 'owners' | 'follow' | 'rebuild' | 'setGate'>;
  readonly claims: Pick<ClaimStore, 'streamOfEvent' | 'findOwners'>;
  readonly reader: AvailabilityReader;
};

/**
 * How many units Redis had wrong, and whether the whole copy was built anew because its counts did not fit its units. `cold`: there is no
 * copy to compare with.
 */
export type Reconciled =
  | 'cold'
  | { readonly marked: number; readonly freed: number; readonly rebuilt: boolean };

const PAGE = 500;

/** Who has what in Redis, with the snapshot of the same version; `snapshot` is null when units changed while they were read. */
const readCopy = async (
  { mirror, reader }: ReconcileEventDeps,
  eventId: EventId,
): Promise<{ owners: ReadonlyMap<UnitId, string>; snapshot: AvailabilitySnapshot | null } | null> => {
  const before = await reader.read(eventId);
  const owners = await mirror.owners(eventId);
  const after = await reader.read(eventId);
  if (before === null || owners === null || after === null) return null;
  const isSame = before.epoch === after.epoch && before.version === after.version;
  return { owners, snapshot: isSame ? after : null };
};

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
 *
 * Counts and seat states are compared with the owners in Redis whenever nothing changed during the read; where they do not fit, the copy is
 * built anew, with its holds. An event whose units never rest for the time of one read is looked at in the next run.
 */
export const reconcileEvent = async (
  deps: ReconcileEventDeps,
  { eventId }: { readonly eventId: EventId },
): Promise<Reconciled> => {
  const copy = await readCopy(deps, eventId);
  if (copy === null) return 'cold';
  const { owners, snapshot } = copy;
  const { layout } = await deps.layouts.refresh(eventId);
  if (snapshot?.revision === layout.revision && !isDerivedFromOwners(snapshot, owners, layout)) {
    await restoreInventory(deps, { eventId, force: true });
    return { marked: 0, freed: 0, rebuilt: true };
  }
  const differences = await claimDifferences(owners, deps.claims.streamOfEvent(eventId));
  if (differences.toMark.length + differences.toFree.length === 0)
    return { marked: 0, freed: 0, rebuilt: false };

  const { marks, frees } = await confirmed(deps, eventId, differences);
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
  return { marked: marks.length, freed: frees.length, rebuilt: false };
};
