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
  const left = new Map(owners);
  const differences: MirrorReport['differences'][number][] = [];
  for await (const { unitId, owner } of claims.streamOfEvent(eventId)) {
    const redis = left.get(unitId) ?? null;
    left.delete(unitId);
    if (redis !== owner) differences.push({ unitId, mongo: owner, redis });
  }
  let held = 0;
  for (const [unitId, redis] of left)
    if (redis.startsWith('h:')) held += 1;
    else differences.push({ unitId, mongo: null, redis });
  return { cold: false, held, differences };
};
