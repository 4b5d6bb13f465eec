import type { Claim } from './claim.ts';
import { isHold } from './derived-from-owners.ts';
import type { UnitId } from './unit.ts';

export type ClaimDifferences = {
  /** Claims that Redis does not know, or gives to somebody else. */
  readonly toMark: readonly Claim[];
  /** What Redis gives to claim owners and Mongo to nobody. */
  readonly toFree: readonly { readonly unitId: UnitId; readonly owner: string }[];
};

/**
 * Compares owners in Redis, read first, with claims in Mongo, read afterwards. Holds are no difference: only a claim on the
 * same unit is, because it beats the hold.
 */
export const claimDifferences = async (
  owners: ReadonlyMap<UnitId, string>,
  claims: AsyncIterable<Claim>,
): Promise<ClaimDifferences> => {
  const unclaimed = new Map([...owners].filter(([, owner]) => !isHold(owner)));
  const toMark: Claim[] = [];
  for await (const claim of claims) {
    if (owners.get(claim.unitId) !== claim.owner) toMark.push(claim);
    unclaimed.delete(claim.unitId);
  }
  return { toMark, toFree: [...unclaimed].map(([unitId, owner]) => ({ unitId, owner })) };
};
