import type { JobPayload } from '../jobs.ts';
import { DomainError } from '../shared/errors.ts';
import type { EventId } from '../shared/ids.ts';
import type { Claim } from './claim.ts';
import type { FollowClaimsDeps } from './follow-claims.ts';
import type { Unit, UnitId } from './unit.ts';

/** Changes that come between two looks at the same few units; more mean that something else is wrong. */
const MAX_LOOKS = 10;

/**
 * Tells Redis against whom an owner's units count now; the handler of `inventory.follow_persons`, which a transfer leaves. It says what
 * Mongo says, and looks again after it has said it: whatever changed meanwhile (another transfer, a unit given back and sold to somebody)
 * is said as well, so the last word is right in whichever order such jobs run. Cold is as good as done.
 */
export const followPersons = async (
  deps: FollowClaimsDeps,
  { eventId, owner, unitIds }: JobPayload<'inventory.follow_persons'>,
): Promise<void> => {
  let { layout } = await deps.layouts.get(eventId);
  // An area may have grown since this process last looked.
  if (unitIds.some((unitId) => layout.findUnit(unitId) === null))
    layout = (await deps.layouts.refresh(eventId)).layout;
  const units = unitIds.flatMap((unitId) => layout.findUnit(unitId) ?? []);
  const told = new Map<UnitId, Pick<Claim, 'owner' | 'person'>>();
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const claims = await deps.claims.findOwners(eventId, unitIds);
    const now = new Map(claims.map((claim) => [claim.unitId, claim]));
    const news = units.filter(({ unitId }) => !isSame(told.get(unitId), now.get(unitId), look));
    if (news.length === 0) return;
    for (const unit of news) {
      const claim = now.get(unit.unitId) ?? null;
      await tell(deps, eventId, unit, told.get(unit.unitId)?.owner ?? owner, claim);
      if (claim === null) told.delete(unit.unitId);
      else told.set(unit.unitId, claim);
    }
  }
  throw new DomainError('busy.try_again', { retryAfterMs: 1_000 });
};

type Said = Pick<Claim, 'owner' | 'person'> | undefined;

const isSame = (told: Said, now: Said, look: number): boolean =>
  look > 0 && told?.owner === now?.owner && told?.person === now?.person;

/** Freeing by name hits nobody else; a mark is of a claim that was read just now, so the memory of freed owners does not bind it. */
const tell = async (
  { mirror }: FollowClaimsDeps,
  eventId: EventId,
  unit: Unit,
  before: string,
  claim: Claim | null,
): Promise<void> => {
  const units = [unit];
  if (claim?.owner !== before)
    await mirror.follow({ eventId, owner: before, person: null, change: 'free', units });
  if (claim !== null)
    await mirror.follow({
      eventId,
      owner: claim.owner,
      person: claim.person,
      change: 'mark',
      units,
      again: true,
    });
};
