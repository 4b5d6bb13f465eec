import type { EventLayout } from '../inventory/layout.ts';
import type { Unit } from '../inventory/unit.ts';
import { chooseUnits } from './choose-units.ts';
import type { WaitlistEntry } from './entry.ts';
import { poolKey } from './pool-key.ts';

/** Units may go past a party so often because they are too few for it; from then on they are kept until they are enough. */
export const MAX_SKIPS = 3;

export type OfferPlan = {
  /** Each of them entries of the list, with units that no other has. */
  readonly offers: readonly { readonly entry: WaitlistEntry; readonly units: readonly Unit[] }[];
  /** Units of the list that they could have used went past these, to others or to the sale. */
  readonly skipped: readonly WaitlistEntry[];
  /** Units of the list that wait for more, for a party that was skipped often enough. */
  readonly kept: readonly Unit[];
  /** Units of the list that nobody fits: they are on sale again. */
  readonly released: readonly Unit[];
};

/**
 * Who is offered what, first come, first served. An entry gets all it wants, or what there is when a part is welcome. A party that does not
 * fit is skipped for those behind it, at most MAX_SKIPS times; after that the list's units that it could use are kept for it.
 * `onSale`: free units that anybody may buy; they complete offers, and are never kept. Pure: the order of `entries` is the line.
 */
export const planOffers = (
  layout: EventLayout,
  entries: readonly WaitlistEntry[],
  list: readonly Unit[],
  onSale: readonly Unit[] = [],
): OfferPlan => {
  const left = { list: new Set(list), onSale: new Set(onSale) };
  const poolKeys = layout.pools.map(poolKey);
  const offers: { entry: WaitlistEntry; units: Unit[] }[] = [];
  const passedOver: { entry: WaitlistEntry; ours: readonly Unit[] }[] = [];
  const kept: Unit[] = [];
  for (const entry of entries) {
    if (left.list.size + left.onSale.size === 0) break;
    const wanted = new Set(entry.pools);
    const withheld = new Set(entry.withheld);
    const fits = ({ pool, unitId }: Unit): boolean =>
      wanted.has(poolKeys[pool] ?? '') && !withheld.has(unitId);
    const ours = [...left.list].filter(fits);
    const others = [...left.onSale].filter(fits);
    const quantity = entry.partWelcome
      ? Math.min(entry.quantity, ours.length + others.length)
      : entry.quantity;
    const units = quantity === 0 ? null : chooseUnits(layout, quantity, ours, others);
    if (units !== null) {
      offers.push({ entry, units });
      for (const unit of units) if (!left.list.delete(unit)) left.onSale.delete(unit);
    } else if (ours.length > 0 && entry.skips < MAX_SKIPS) {
      passedOver.push({ entry, ours });
    } else {
      kept.push(...ours);
      for (const unit of ours) left.list.delete(unit);
    }
  }
  const gone = new Set([...offers.flatMap(({ units }) => units), ...left.list]);
  const skipped = passedOver.flatMap(({ entry, ours }) => (ours.some((unit) => gone.has(unit)) ? entry : []));
  return { offers, skipped, kept, released: [...left.list] };
};
