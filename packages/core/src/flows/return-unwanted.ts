import type { EventWithLayout } from '../inventory/ports.ts';
import { waitedPoolOf } from '../waitlist/pool-key.ts';
import { WAITLIST_OWNER } from './free-units.ts';
import { putOnSale } from './make-offers.ts';
import type { SaleDeps } from './sale-deps.ts';

export type ReturnUnwantedDeps = Pick<
  SaleDeps,
  'unitOfWork' | 'outbox' | 'clock' | 'claims' | 'waitlists' | 'waitlistEntries'
>;

/** Of one transaction, well inside its 2 s; the next look returns the others. */
const MOST_UNITS = 500;

/** A paused list keeps what somebody waits for; what nobody waits for any more is on sale again. */
export const returnUnwanted = async (
  deps: ReturnUnwantedDeps,
  { event, layout }: EventWithLayout,
): Promise<void> => {
  const eventId = event.id;
  if ((await deps.claims.listOwned(eventId, WAITLIST_OWNER)).length === 0) return;
  await deps.unitOfWork.run(async (tx) => {
    await deps.waitlists.takeTurn(tx, eventId);
    const kept = (await deps.claims.listOwned(eventId, WAITLIST_OWNER, tx)).map(({ unitId }) => unitId);
    const poolOf = new Map(kept.map((unitId) => [unitId, waitedPoolOf(layout, unitId)]));
    const pools = [...new Set(poolOf.values())].filter((pool) => pool !== null);
    const wanted = await deps.waitlistEntries.wantedPools(tx, eventId, pools);
    const unwanted = kept.filter((unitId) => !wanted.has(poolOf.get(unitId) ?? '')).slice(0, MOST_UNITS);
    if (unwanted.length > 0) await deps.outbox.add(tx, [await putOnSale(deps, tx, eventId, unwanted)]);
  });
};
