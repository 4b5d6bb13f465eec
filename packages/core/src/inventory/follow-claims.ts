import type { JobPayload } from '../jobs.ts';
import type { InventoryMirror, LayoutSource } from './ports.ts';
import type { Unit } from './unit.ts';

export type FollowClaimsDeps = {
  readonly layouts: LayoutSource;
  readonly inventory: Pick<InventoryMirror, 'follow'>;
};

/**
 * Tells Redis about claims that changed in Mongo; the handler of `inventory.follow_claims`. Cold is as good as done: the
 * rebuild that comes reads Mongo. Units that the event's newest layout does not have are nobody's business any more.
 */
export const followClaims = async (
  { layouts, inventory }: FollowClaimsDeps,
  { eventId, unitIds, ...change }: JobPayload<'inventory.follow_claims'>,
): Promise<void> => {
  let { layout } = await layouts.get(eventId);
  // An area may have grown since this process last looked.
  if (unitIds.some((unitId) => layout.findUnit(unitId) === null))
    layout = (await layouts.refresh(eventId)).layout;
  const units = unitIds
    .map((unitId) => layout.findUnit(unitId))
    .filter((unit): unit is Unit => unit !== null);
  if (units.length > 0) await inventory.follow({ ...change, eventId, units });
};
