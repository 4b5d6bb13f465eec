import type { Hold } from '../holds/hold.ts';
import type { Pick as HoldPick, HoldStore } from '../holds/ports.ts';
import type { EventLayout } from '../inventory/layout.ts';
import type { EventWithLayout } from '../inventory/ports.ts';
import type { Unit } from '../inventory/unit.ts';
import { MINUTE_MS } from '../shared/clock.ts';
import type { AreaId } from '../shared/ids.ts';
import type { SaleDeps } from './sale-deps.ts';

export type HoldForListDeps = Pick<SaleDeps, 'ids'> & { readonly holds: Pick<HoldStore, 'place'> };

/**
 * Takes units off the sale for a waitlist by a hold like any buyer's, all or none, so that nobody loses what he holds; one that a crash leaves
 * behind ends by itself. Of an area so many places are taken as are named. null: somebody was faster, or the event has changed.
 */
export const holdForList = async (
  { holds, ids }: HoldForListDeps,
  { event, layout }: EventWithLayout,
  wanted: readonly Unit[],
): Promise<Hold | null> => {
  const placed = await holds.place({
    holdId: ids.next('hld'),
    eventId: event.id,
    revision: event.revision,
    owner: event.organizationId,
    ttlMs: MINUTE_MS,
    maxPerPerson: Number.MAX_SAFE_INTEGER,
    picks: picksOf(layout, wanted),
    quote: { currency: event.currency, prices: [] },
    turn: null,
  });
  return placed.outcome === 'held' ? placed.hold : null;
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
