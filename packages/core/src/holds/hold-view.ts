import type { EventLayout } from '../inventory/layout.ts';
import type { UnitId } from '../inventory/unit.ts';
import { DomainError } from '../shared/errors.ts';
import type { Hold } from './hold.ts';

/** A held unit as its holder sees it. Its ticket types are the quote's prices of its price category. */
export type HeldUnit = {
  readonly unitId: UnitId;
  /** `Stalls, row 4, seat 12` or `Standing, place 17`. */
  readonly label: string;
  readonly priceCategory: string;
  /** Index in the availability's seat states and in the list of the event's seats; null for a place of an area. */
  readonly seat: number | null;
  /** The place's number in its area, from 1; null for a seat. */
  readonly place: number | null;
};

/** A hold as it is told to its owner. */
export type HoldView = Pick<
  Hold,
  'id' | 'eventId' | 'state' | 'lost' | 'quote' | 'extended' | 'expiresAt'
> & {
  readonly units: readonly HeldUnit[];
};

/** Pure. Throws `units.unknown` for units that this layout does not have: it may be older than the hold. */
export const holdView = (hold: Hold, layout: EventLayout): HoldView => {
  const { id, eventId, state, lost, quote, extended, expiresAt } = hold;
  const units = hold.units.map(({ unitId }): HeldUnit => {
    // By its id: the numbers that Redis keeps of a unit mean something in the layout they were made from only.
    const unit = layout.findUnit(unitId);
    if (unit === null) throw new DomainError('units.unknown', { unitIds: [unitId] });
    return {
      unitId,
      label: layout.labelOf(unit),
      priceCategory: layout.poolOf(unit).priceCategory,
      seat: unit.seat < 0 ? null : unit.seat,
      place: unit.seat < 0 ? unit.place : null,
    };
  });
  return { id, eventId, state, units, lost, quote, extended, expiresAt };
};
