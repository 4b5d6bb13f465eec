import type { JobPayload } from '../jobs.ts';
import type { ClaimStore, InventoryMirror, LayoutSource } from './ports.ts';
import type { Unit } from './unit.ts';

export type FollowClaimsDeps = {
  readonly layouts: LayoutSource;
  readonly mirror: Pick<InventoryMirror, 'follow'>;
  readonly claims: Pick<ClaimStore, 'findOwners'>;
};

/**
 * Tells Redis about claims that changed in Mongo; the handler of `inventory.follow_claims`. Cold is as good as done: the
 * rebuild that comes reads Mongo. Units that the event's newest layout does not have are nobody's business any more.
 * A free that comes late, after late money gave its owner the units again, is taken back at once.
 */
export const followClaims = async (
  { layouts, mirror, claims }: FollowClaimsDeps,
  { eventId, unitIds, ...change }: JobPayload<'inventory.follow_claims'>,
): Promise<void> => {
  let { layout } = await layouts.get(eventId);
  // An area may have grown since this process last looked.
  if (unitIds.some((unitId) => layout.findUnit(unitId) === null))
    layout = (await layouts.refresh(eventId)).layout;
  const units = unitIds
    .map((unitId) => layout.findUnit(unitId))
    .filter((unit): unit is Unit => unit !== null);
  if (units.length === 0) return;
  await mirror.follow({ ...change, eventId, units });
  if (change.change !== 'free') return;
  // Looked up after the free, not before: claims made later than this look have a mark of their own to come.
  const back = new Map(
    (await claims.findOwners(eventId, unitIds))
      .filter(({ owner }) => owner === change.owner)
      .map((claim) => [claim.unitId, claim]),
  );
  const again = units.filter(({ unitId }) => back.has(unitId));
  const person = [...back.values()][0]?.person ?? null;
  if (again.length > 0)
    await mirror.follow({ ...change, person, change: 'mark', eventId, units: again, again: true });
};
