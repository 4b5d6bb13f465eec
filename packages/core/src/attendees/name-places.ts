import type { Selection } from '../holds/place-hold-input.ts';
import type { EventWithLayout } from '../inventory/ports.ts';
import { seatUnitId, type UnitId } from '../inventory/unit.ts';

/** One unit that a line asks for, and by what it is priced. */
export type Wanted = { readonly selection: Selection; readonly priceCategory: string };

/** What a line names, or why that is nothing. */
export type Named<T> = { readonly found: T } | { readonly why: string };

/** Whether people mean the same by two names. */
export const sameName = (a: string, b: string): boolean =>
  a.normalize('NFKC').toLowerCase() === b.normalize('NFKC').toLowerCase();

/** The one thing that a name or an id means. */
export const named = <T extends { readonly name: string }>(
  things: readonly T[],
  text: string,
  idOf: (thing: T) => string,
): Named<T> => {
  const found = things.filter((thing) => idOf(thing) === text || sameName(thing.name, text));
  const [only] = found;
  if (only === undefined)
    return { why: `there is none of this name; there are ${things.map(({ name }) => name).join(', ')}` };
  return found.length === 1 ? { found: only } : { why: 'names more than one; write its id' };
};

/** Finds seats by `section/row/seat` as the map has them, or by unit id. */
export const seatNamer = ({ layout }: EventWithLayout) => {
  const byName = new Map<string, UnitId[]>();
  for (const { section, row, number, guid } of layout.seats) {
    const name = [section, row, number].join('/').toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), seatUnitId(guid)]);
  }
  return (text: string): Named<Wanted & { readonly unitId: UnitId }> => {
    const ids = text.startsWith('s:') ? [text] : (byName.get(text.toLowerCase()) ?? []);
    const [unitId = ''] = ids;
    const unit = layout.findUnit(unitId);
    if (unit === null || unit.seat < 0)
      return { why: `there is no seat ${JSON.stringify(text)}; write section/row/seat, or a unit id` };
    if (ids.length > 1)
      return { why: `names ${ids.length} seats; write one of their unit ids: ${ids.slice(0, 4).join(', ')}` };
    const { priceCategory } = layout.poolOf(unit);
    return { found: { unitId, selection: { kind: 'seats', unitIds: [unitId] }, priceCategory } };
  };
};

/** A place in the area of this name or id. */
export const areaPlace = ({ event }: EventWithLayout, text: string): Named<Wanted> => {
  const area = named(event.areas, text, ({ id }) => id);
  if ('why' in area) return area;
  const { id: areaId, priceCategory } = area.found;
  return { found: { selection: { kind: 'places', areaId, quantity: 1, upTo: false }, priceCategory } };
};

/** Any unit of a price category: the best seat there is, or a place of its only area. */
export const anyOfCategory = (known: EventWithLayout, text: string): Named<Wanted> => {
  const category = named(known.event.priceCategories, text, ({ key }) => key);
  if ('why' in category) return category;
  const { key: priceCategory } = category.found;
  const [area, another] = known.event.areas.filter((one) => one.priceCategory === priceCategory);
  const seated = known.layout.pools.some(({ kind, key }) => kind === 'seats' && key === priceCategory);
  const best = {
    kind: 'best',
    priceCategory,
    quantity: 1,
    upTo: false,
    accessible: false,
    split: true,
  } as const;
  if (seated && area === undefined) return { found: { selection: best, priceCategory } };
  if (!seated && area !== undefined && another === undefined) return areaPlace(known, area.id);
  return { why: 'has several kinds of places; name the area or the seat' };
};
