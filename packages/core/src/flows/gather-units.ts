import type { Event } from '../events/event.ts';
import type { Pick as HoldPick, HoldStore } from '../holds/ports.ts';
import type { EventLayout } from '../inventory/layout.ts';
import type { AvailabilityReader } from '../inventory/ports.ts';
import { settleClaims } from '../inventory/settle-claims.ts';
import type { Unit } from '../inventory/unit.ts';
import { MINUTE_MS } from '../shared/clock.ts';
import { isDomainError } from '../shared/errors.ts';
import type { AreaId } from '../shared/ids.ts';
import { planOffers } from '../waitlist/plan-offers.ts';
import { poolKey } from '../waitlist/pool-key.ts';
import { unitsOnSale } from '../waitlist/units-on-sale.ts';
import { WAITLIST_OWNER } from './free-units.ts';
import type { SaleDeps } from './sale-deps.ts';

export type GatherUnitsDeps = Pick<
  SaleDeps,
  'unitOfWork' | 'outbox' | 'clock' | 'ids' | 'claims' | 'layouts' | 'mirror' | 'waitlistEntries'
> & { readonly holds: Pick<HoldStore, 'place'>; readonly reader: AvailabilityReader };

/** Parties served from the sale in one go; the next look serves more. */
const MOST_PARTIES = 20;
const MOST_ENTRIES = 200;

/**
 * Takes for the list what is free on sale and somebody waits for: holds that ended, an area that grew, a unit freed in the moment in which
 * somebody joined. Only what makes an offer complete is taken, and first by a hold like any buyer's, so that nobody loses what
 * he holds; a hold that a crash leaves behind ends by itself. The units are the waitlist's from then on.
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
  const entries = await deps.waitlistEntries.listWaiting(eventId, layout.pools.map(poolKey), MOST_ENTRIES);
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
  const placed = await deps.holds.place({
    holdId: deps.ids.next('hld'),
    eventId: event.id,
    revision: event.revision,
    owner: event.organizationId,
    ttlMs: MINUTE_MS,
    maxPerPerson: Number.MAX_SAFE_INTEGER,
    picks: picksOf(layout, wanted),
    quote: { currency: event.currency, prices: [] },
    turn: null,
  });
  // Somebody was faster, or the event has changed: the next look plans anew.
  if (placed.outcome !== 'held') return;
  const unitIds = placed.hold.units.map(({ unitId }) => unitId);
  const change = { eventId: event.id, owner: WAITLIST_OWNER, person: null };
  const now = deps.clock.now();
  const settle = { eventId: event.id, from: WAITLIST_OWNER, unitIds };
  try {
    await deps.unitOfWork.run(async (tx) => {
      await deps.claims.insertAll(
        tx,
        unitIds.map((unitId) => ({ ...change, unitId, claimedAt: now })),
      );
      await deps.outbox.add(tx, [{ job: 'inventory.settle_claims', payload: settle, dueAt: now }]);
      await deps.outbox.add(tx, [{ job: 'waitlist.promote', payload: { eventId: event.id }, dueAt: now }]);
    });
  } catch (error) {
    // Redis was behind Mongo: the units are somebody's. The hold ends by itself.
    if (isDomainError(error, 'units.taken')) return;
    throw error;
  }
  // Before the hold ends; should Redis fail here, the row says the same.
  await settleClaims(deps, settle).catch(() => undefined);
};

const picksOf = (layout: EventLayout, units: readonly Unit[]): HoldPick[] => {
  const seats = units.filter(({ seat }) => seat >= 0);
  const places = layout.pools.flatMap(({ index: pool, key }): HoldPick[] => {
    const quantity = units.filter((unit) => unit.seat < 0 && unit.pool === pool).length;
    // The key of a pool of places is its area's id.
    return quantity === 0
      ? []
      : [{ kind: 'places', pool, areaId: key as AreaId, quantity, atLeast: quantity }];
  });
  return [...(seats.length === 0 ? [] : [{ kind: 'blocks' as const, candidates: [seats] }]), ...places];
};
