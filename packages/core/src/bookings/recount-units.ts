import type { ClaimStore } from '../inventory/ports.ts';
import type { Clock } from '../shared/clock.ts';
import type { Outbox, Tx } from '../shared/unit-of-work.ts';
import type { Booking } from './booking.ts';
import type { BuyerLimitStore } from './ports.ts';

export type RecountUnitsDeps = {
  readonly claims: Pick<ClaimStore, 'countAllAgainst'>;
  readonly buyerLimits: Pick<BuyerLimitStore, 'raise' | 'lower'>;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

/**
 * From now on the units of a booking that count against `from` (null: nobody) count against `to`, without a limit: they are bought
 * already. What both have together stays the same at every moment. Redis is told by a row, and a rebuild reads it in the claims.
 */
export const recountUnits = async (
  { claims, buyerLimits, outbox, clock }: RecountUnitsDeps,
  tx: Tx,
  { id: owner, eventId }: Pick<Booking, 'id' | 'eventId'>,
  { from, to, key }: { readonly from: string | null; readonly to: string; readonly key: string },
): Promise<void> => {
  const unitIds = await claims.countAllAgainst(tx, { eventId, owner }, from, to);
  if (unitIds.length === 0) return;
  if (from !== null) await buyerLimits.lower(tx, eventId, from, unitIds.length);
  await buyerLimits.raise(tx, eventId, { person: to, by: unitIds.length, max: null });
  await outbox.add(tx, [
    {
      job: 'inventory.settle_claims',
      payload: { eventId, from: owner, unitIds },
      dueAt: clock.now(),
      key: `persons:${key}`,
    },
  ]);
};
