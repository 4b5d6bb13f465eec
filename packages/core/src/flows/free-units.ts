import type { UnitId } from '../inventory/unit.ts';
import type { BookingId, EventId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { SaleDeps } from './sale-deps.ts';

export type FreeUnitsDeps = Pick<SaleDeps, 'outbox' | 'clock' | 'claims' | 'buyerLimits'>;

/**
 * What a booking had is its own no more: claims, what they counted against the person's limit, the copy in Redis. The one
 * place through which sold or promised units come back, whatever the reason. Returns what was freed.
 */
export const freeUnits = async (
  { outbox, clock, claims, buyerLimits }: FreeUnitsDeps,
  tx: Tx,
  {
    eventId,
    owner,
    person,
    unitIds,
    key,
  }: {
    readonly eventId: EventId;
    readonly owner: BookingId;
    /** Who they counted against; null: nobody. */
    readonly person: string | null;
    /** Of the owner's units only these; absent: all it has. */
    readonly unitIds?: readonly UnitId[];
    /** Names this release among all of its owner, so that its row is written once. */
    readonly key: string;
  },
): Promise<readonly UnitId[]> => {
  const freed = await claims.deleteOwned(tx, eventId, owner, unitIds);
  if (person !== null) await buyerLimits.lower(tx, eventId, person, freed.length);
  await outbox.add(tx, [
    {
      job: 'inventory.follow_claims',
      payload: { eventId, owner, person, change: 'free', unitIds: [...freed] },
      dueAt: clock.now(),
      key: `free:${owner}:${key}`,
    },
  ]);
  return freed;
};
