import type { Settlement } from '../bookings/box-office-input.ts';
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

/** Which pool of the layout an attendee's unit comes from; -1: none. */
const poolOf = ({ layout }: EventWithLayout, { selection }: Attendee): number => {
  if (selection.kind === 'places')
    return layout.pools.findIndex(({ kind, key }) => kind === 'places' && key === selection.areaId);
  if (selection.kind === 'best')
    return layout.pools.findIndex(({ kind, key }) => kind === 'seats' && key === selection.priceCategory);
  return layout.findUnit(selection.unitIds[0] ?? '')?.pool ?? -1;
};

/** What an attendee's ticket costs as the event is now, in minor units; nothing as a gift. Pure. */
export const priceOf = (known: EventWithLayout, attendee: Attendee, settlement: Settlement): number => {
  if (settlement.kind === 'complimentary') return 0;
  const type = known.event.ticketTypes.find(({ id }) => id === attendee.ticketTypeId);
  const category = known.layout.pools[poolOf(known, attendee)]?.priceCategory ?? '';
  return type?.prices[category] ?? 0;
};

/** Pure. `free`: counts by pool index, or null. */
export const planImport = (
  known: EventWithLayout,
  attendees: readonly Attendee[],
  settlement: Settlement,
  free: readonly PoolCount[] | null,
): ImportPlan => {
  const { event, layout } = known;
  const wanted = new Map<number, number>();
  let sum = 0;
  for (const attendee of attendees) {
    const pool = poolOf(known, attendee);
    wanted.set(pool, (wanted.get(pool) ?? 0) + 1);
    sum += priceOf(known, attendee, settlement);
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
