import type { Event } from '../events/event.ts';
import type { EventLayout } from '../inventory/layout.ts';
import type { AvailabilityReader } from '../inventory/ports.ts';
import { settleClaims } from '../inventory/settle-claims.ts';
import type { Unit } from '../inventory/unit.ts';
import { isDomainError } from '../shared/errors.ts';
import { planOffers } from '../waitlist/plan-offers.ts';
import { poolKey } from '../waitlist/pool-key.ts';
import { unitsOnSale } from '../waitlist/units-on-sale.ts';
import { WAITLIST_OWNER } from './free-units.ts';
import { type HoldForListDeps, holdForList } from './hold-for-list.ts';
import type { SaleDeps } from './sale-deps.ts';

export type GatherUnitsDeps = Pick<
  SaleDeps,
  'unitOfWork' | 'outbox' | 'clock' | 'claims' | 'layouts' | 'mirror' | 'waitlistEntries' | 'waitlists'
> &
  HoldForListDeps & { readonly reader: AvailabilityReader };

/** Parties served from the sale in one go; the next look serves more. */
const MOST_PARTIES = 20;
const MOST_ENTRIES = 200;

/**
 * Takes for the list what is free on sale and somebody waits for: holds that ended, an area that grew, a unit freed in the moment in which
 * somebody joined. Only what makes an offer complete is taken, first by a hold (hold-for-list.ts), and is the waitlist's from then on. Whose
 * offer the organizer took back is not served from the sale: of an area it would be the very same places again.
 */
export const gatherUnits = async (
  deps: GatherUnitsDeps,
  { event, layout }: { readonly event: Event; readonly layout: EventLayout },
): Promise<void> => {
  const eventId = event.id;
  const snapshot = await deps.reader.read(eventId);
  // Cold, or of another revision: the next look sees it.
  if (snapshot === null || snapshot.revision !== layout.revision) return;
  const onSale = unitsOnSale(layout, snapshot);
  if (onSale.length === 0) return;
  // Of what is on sale alone: else a long list for what is sold out would stand before everybody else.
  const pools = new Set(onSale.map((unit) => poolKey(layout.poolOf(unit))));
  const waiting = await deps.waitlistEntries.listWaiting(eventId, [...pools], MOST_ENTRIES);
  const entries = waiting.filter(({ withheld = [] }) => withheld.length === 0);
  const list = (await deps.claims.listOwned(eventId, WAITLIST_OWNER)).flatMap(
    ({ unitId }) => layout.findUnit(unitId) ?? [],
  );
  const listed = new Set(list);
  const { offers } = planOffers(layout, entries, list, onSale);
  for (const { units } of offers.slice(0, MOST_PARTIES)) {
    const wanted = units.filter((unit) => !listed.has(unit));
    if (wanted.length > 0) await take(deps, event, layout, wanted);
  }
};

const take = async (
  deps: GatherUnitsDeps,
  event: Event,
  layout: EventLayout,
  wanted: readonly Unit[],
): Promise<void> => {
  const hold = await holdForList(deps, { event, layout }, wanted);
  // Somebody was faster, or the event has changed: the next look plans anew.
  if (hold === null) return;
  const unitIds = hold.units.map(({ unitId }) => unitId);
  const change = { eventId: event.id, owner: WAITLIST_OWNER, person: null };
  const now = deps.clock.now();
  const settle = { eventId: event.id, from: WAITLIST_OWNER, unitIds };
  try {
    const taken = await deps.unitOfWork.run(async (tx) => {
      // A paused list takes nothing off the sale; what is held for it ends by itself.
      if ((await deps.waitlists.takeTurn(tx, event.id)).pausedAt !== null) return false;
      await deps.claims.insertAll(
        tx,
        unitIds.map((unitId) => ({ ...change, unitId, claimedAt: now })),
      );
      await deps.outbox.add(tx, [{ job: 'inventory.settle_claims', payload: settle, dueAt: now }]);
      await deps.outbox.add(tx, [{ job: 'waitlist.promote', payload: { eventId: event.id }, dueAt: now }]);
      return true;
    });
    if (!taken) return;
  } catch (error) {
    // Redis was behind Mongo: the units are somebody's. The hold ends by itself.
    if (isDomainError(error, 'units.taken')) return;
    throw error;
  }
  // Before the hold ends; should Redis fail here, the row says the same.
  await settleClaims(deps, settle).catch(() => undefined);
};
