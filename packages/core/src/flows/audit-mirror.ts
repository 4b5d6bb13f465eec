import { claimDifferences } from '../inventory/claim-differences.ts';
import { isHold } from '../inventory/derived-from-owners.ts';
import type { UnitId } from '../inventory/unit.ts';
import type { EventId } from '../shared/ids.ts';
import type { SaleDeps } from './sale-deps.ts';

export type MirrorReport = {
  /** Redis has no whole copy now: nothing can disagree. */
  readonly cold: boolean;
  /** Units held and not bought. */
  readonly held: number;
  readonly differences: readonly {
    readonly unitId: UnitId;
    readonly mongo: string | null;
    readonly redis: string | null;
  }[];
};

/** Whether Redis and Mongo agree who has which unit. Holds are Redis's alone. Run it when nothing moves. */
export const auditMirror = async (
  { claims, mirror }: Pick<SaleDeps, 'claims' | 'mirror'>,
  eventId: EventId,
): Promise<MirrorReport> => {
  const owners = await mirror.owners(eventId);
  if (owners === null) return { cold: true, held: 0, differences: [] };
  const { toMark, toFree } = await claimDifferences(owners, claims.streamOfEvent(eventId));
  const claimed = new Set(toMark.map(({ unitId }) => unitId));
  return {
    cold: false,
    held: [...owners].filter(([unitId, owner]) => isHold(owner) && !claimed.has(unitId)).length,
    differences: [
      ...toMark.map(({ unitId, owner }) => ({ unitId, mongo: owner, redis: owners.get(unitId) ?? null })),
      ...toFree.map(({ unitId, owner }) => ({ unitId, mongo: null, redis: owner })),
    ],
  };
};
