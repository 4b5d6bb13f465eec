import type { JobPayload } from '../jobs.ts';
import { DomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import type { Claim } from './claim.ts';
import type { FollowClaimsDeps } from './follow-claims.ts';
import type { ClaimChange } from './ports.ts';
import type { Unit, UnitId } from './unit.ts';

/** Units that move again while they are being told are told again; after so many times the job comes back later. */
const ROUNDS = 4;

/**
 * Makes Redis say what Mongo says of units that changed hands, or count against somebody else since a transfer, in one step from the old owner to the new one, so that nobody sees them free
 * in between; the handler of `inventory.settle_claims`. The waitlist's claims move again and again under one name, so what the row
 * was written for may be long past: Mongo is asked before, and once more after, because what moved in between told Redis
 * before us, or will after. Cold is as good as done. Throws `busy.try_again` when the units do not come to rest.
 */
export const settleClaims = async (
  deps: FollowClaimsDeps,
  { eventId, from, unitIds }: JobPayload<'inventory.settle_claims'>,
): Promise<void> => {
  const units = await unitsOf(deps, eventId, unitIds);
  /** Who Redis may still take for the owner. */
  const former = new Map<UnitId, string>(units.map(({ unitId }) => [unitId, from]));
  let unsettled = units;
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = await ownersNow(deps, eventId, unsettled);
    for (const change of changesTo(eventId, unsettled, now, former)) await deps.mirror.follow(change);
    const after = await ownersNow(deps, eventId, unsettled);
    unsettled = unsettled.filter(({ unitId }) => !isSame(now.get(unitId), after.get(unitId)));
    if (unsettled.length === 0) return;
    for (const { unitId } of unsettled) former.set(unitId, now.get(unitId)?.owner ?? from);
  }
  throw new DomainError('busy.try_again', { retryAfterMs: 500 });
};

const isSame = (one: Claim | undefined, other: Claim | undefined): boolean =>
  one?.owner === other?.owner && one?.person === other?.person;

/** Units that the newest layout does not have are nobody's business any more. */
const unitsOf = async (
  { layouts }: FollowClaimsDeps,
  eventId: EventId,
  unitIds: readonly UnitId[],
): Promise<Unit[]> => {
  let { layout } = await layouts.get(eventId);
  if (unitIds.some((unitId) => layout.findUnit(unitId) === null))
    layout = (await layouts.refresh(eventId)).layout;
  return unitIds.map((unitId) => layout.findUnit(unitId)).filter((unit): unit is Unit => unit !== null);
};

const ownersNow = async (
  { claims }: FollowClaimsDeps,
  eventId: EventId,
  units: readonly Unit[],
): Promise<ReadonlyMap<UnitId, Claim>> =>
  new Map(
    (
      await claims.findOwners(
        eventId,
        units.map(({ unitId }) => unitId),
      )
    ).map((claim) => [claim.unitId, claim]),
  );

const changesTo = (
  eventId: EventId,
  units: readonly Unit[],
  now: ReadonlyMap<UnitId, Claim>,
  former: ReadonlyMap<UnitId, string>,
): ClaimChange[] => {
  const changes = new Map<string, ClaimChange & { readonly units: Unit[] }>();
  for (const unit of units) {
    const claim = now.get(unit.unitId);
    const before = former.get(unit.unitId) ?? '';
    const change =
      claim === undefined
        ? ({ change: 'free', owner: before, person: null } as const)
        : ({
            change: 'mark',
            owner: claim.owner,
            person: claim.person,
            again: true,
            // Who has them still is not gone.
            from: before === claim.owner ? undefined : before,
          } as const);
    const key = JSON.stringify(change);
    const all = changes.get(key) ?? { ...change, eventId, units: [] };
    all.units.push(unit);
    changes.set(key, all);
  }
  return [...changes.values()];
};
