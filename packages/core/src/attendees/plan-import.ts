import type { Settlement } from '../bookings/box-office-input.ts';
import type { Selection } from '../holds/place-hold-input.ts';
import type { PoolCount } from '../inventory/availability.ts';
import type { EventWithLayout } from '../inventory/ports.ts';
import { type Money, money } from '../shared/money.ts';
import type { Attendee } from './attendee-import.ts';

/** What an import would do, and what it would run short of. */
export type ImportPlan = {
  readonly attendees: number;
  readonly withoutEmail: number;
  /** What has to have been taken for them altogether; nothing when they are complimentary. */
  readonly total: Money;
  /** By price category of seats, or area. `free`: as it was a moment ago; null when that is not known now. */
  readonly pools: readonly { readonly name: string; readonly wanted: number; readonly free: number | null }[];
};

/** Pure. `free`: counts by pool index, or null. */
export const planImport = (
  { event, layout }: EventWithLayout,
  attendees: readonly Attendee[],
  settlement: Settlement,
  free: readonly PoolCount[] | null,
): ImportPlan => {
  const poolOf = (selection: Selection): number => {
    if (selection.kind === 'places')
      return layout.pools.findIndex(({ kind, key }) => kind === 'places' && key === selection.areaId);
    if (selection.kind === 'best')
      return layout.pools.findIndex(({ kind, key }) => kind === 'seats' && key === selection.priceCategory);
    return layout.findUnit(selection.unitIds[0] ?? '')?.pool ?? -1;
  };
  const prices = new Map(event.ticketTypes.map((type) => [type.id, type.prices]));
  const wanted = new Map<number, number>();
  let sum = 0;
  for (const { selection, ticketTypeId } of attendees) {
    const pool = poolOf(selection);
    wanted.set(pool, (wanted.get(pool) ?? 0) + 1);
    const category = layout.pools[pool]?.priceCategory ?? '';
    if (settlement.kind === 'paid') sum += prices.get(ticketTypeId)?.[category] ?? 0;
  }
  const nameOf = (key: string): string =>
    event.areas.find(({ id }) => id === key)?.name ??
    event.priceCategories.find((category) => category.key === key)?.name ??
    key;
  return {
    attendees: attendees.length,
    withoutEmail: attendees.filter(({ email }) => email === null).length,
    total: money(sum, event.currency),
    pools: layout.pools.flatMap(({ index, key }) => {
      const count = wanted.get(index) ?? 0;
      return count === 0 ? [] : [{ name: nameOf(key), wanted: count, free: free?.[index]?.free ?? null }];
    }),
  };
};
