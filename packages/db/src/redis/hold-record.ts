import type { Hold, HoldOwner } from '@eventhorizon/core/holds/hold';
import type { Unit } from '@eventhorizon/core/inventory/unit';
import type { Quote } from '@eventhorizon/core/pricing/quote';
import type { EventId, HoldId } from '@eventhorizon/core/shared/ids';

/** A unit as the scripts know it: [unitId, pool, seat, place]. */
export type UnitRecord = readonly [string, number, number, number];

export const unitRecord = ({ unitId, pool, seat, place }: Unit): UnitRecord => [unitId, pool, seat, place];
export const unitOfRecord = ([unitId, pool, seat, place]: UnitRecord): Unit => ({
  unitId,
  pool,
  seat,
  place,
});

/** A hold as lua/lib-holds.lua keeps it. Times in ms of the Redis clock. */
export type HoldRecord = {
  readonly o: string;
  readonly s: 'active' | 'converting';
  readonly u: readonly UnitRecord[];
  readonly l?: readonly string[];
  readonly x: boolean;
  readonly e: number;
  readonly t?: string;
  readonly b?: number;
  readonly c?: number;
  readonly w?: number;
};

/**
 * Reads `record, quote`, which the scripts answer after their word. They are written by our scripts only. `sent`: the quote where the script does
 * not send back what it was just given.
 */
export const holdFromReply = (
  eventId: EventId,
  id: HoldId,
  [record, quote]: readonly unknown[],
  sent?: Quote,
): Hold => {
  const { o, s, u, l, x, e, w } = JSON.parse(String(record)) as HoldRecord;
  return {
    id,
    eventId,
    owner: o as HoldOwner,
    state: s,
    units: u.map(unitOfRecord),
    lost: l ?? [],
    quote: quote === undefined && sent !== undefined ? sent : (JSON.parse(String(quote)) as Quote),
    extended: x,
    expiresAt: new Date(e),
    ...(w !== undefined && { turn: w }),
  };
};
