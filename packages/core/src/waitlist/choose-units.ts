import type { EventLayout } from '../inventory/layout.ts';
import { seatRows } from '../inventory/seat-rows.ts';
import type { Unit } from '../inventory/unit.ts';

/**
 * Of these units `quantity` for one party: neighbouring seats of one pool where there are any, else as few groups of one pool as possible,
 * else from several pools. The shortest row of neighbours that is long enough is used, so that the longer ones stay for larger parties.
 * null: there are not so many. `first` are preferred to `others` where either would do.
 */
export const chooseUnits = (
  layout: EventLayout,
  quantity: number,
  first: readonly Unit[],
  others: readonly Unit[] = [],
): Unit[] | null => {
  if (first.length + others.length < quantity) return null;
  const supplies = others.length === 0 ? [first] : [first, [...first, ...others]];
  for (const choose of [together, grouped]) {
    for (const supply of supplies) {
      for (const units of byPool(supply)) {
        const chosen = units.length < quantity ? null : choose(layout, units, quantity);
        if (chosen !== null) return chosen;
      }
    }
  }
  return [...first, ...others].slice(0, quantity);
};

const byPool = (units: readonly Unit[]): Unit[][] => {
  const pools = new Map<number, Unit[]>();
  for (const unit of units) pools.set(unit.pool, [...(pools.get(unit.pool) ?? []), unit]);
  return [...pools.values()];
};

/** Units side by side, each group in order; places of an area stand together anyway. */
const neighbours = (layout: EventLayout, units: readonly Unit[]): Unit[][] => {
  if (units.some(({ seat }) => seat < 0)) return [[...units]];
  const { runOf, positionOf } = seatRows(layout);
  const spot = ({ seat }: Unit) => ({ run: runOf[seat] ?? -1, position: positionOf[seat] ?? -1 });
  const sorted = [...units].sort((a, b) => spot(a).run - spot(b).run || spot(a).position - spot(b).position);
  const groups: Unit[][] = [];
  for (const unit of sorted) {
    const last = groups.at(-1)?.at(-1);
    const here = spot(unit);
    const beside =
      last !== undefined && spot(last).run === here.run && spot(last).position === here.position - 1;
    if (beside) groups.at(-1)?.push(unit);
    else groups.push([unit]);
  }
  return groups;
};

type Choose = (layout: EventLayout, units: readonly Unit[], quantity: number) => Unit[] | null;

const together: Choose = (layout, units, quantity) => {
  const fitting = neighbours(layout, units).filter(({ length }) => length >= quantity);
  const [shortest] = fitting.sort((a, b) => a.length - b.length);
  return shortest?.slice(0, quantity) ?? null;
};

const grouped: Choose = (layout, units, quantity) =>
  neighbours(layout, units)
    .sort((a, b) => b.length - a.length)
    .flat()
    .slice(0, quantity);
