import type { Event } from '../events/event.ts';
import type { AreaId, EventId, SeatMapId } from '../shared/ids.ts';
import type { Seat } from '../venues/seat-map.ts';
import { type Pool, placeUnitId, seatUnitId, type Unit, type UnitId } from './unit.ts';

/** Everything about an event's units that does not change while they are sold. Pure, made once per event revision and kept. */
export type EventLayout = {
  readonly eventId: EventId;
  readonly revision: number;
  readonly seatMapId: SeatMapId | null;
  readonly pools: readonly Pool[];
  /** By seat index; the order of the seat map. */
  readonly seats: readonly Seat[];
  readonly findUnit: (unitId: UnitId) => Unit | null;
  readonly seatUnit: (index: number) => Unit;
  readonly poolOf: (unit: Unit) => Pool;
  /** `Stalls, row 4, seat 12` or `Standing, place 17`. */
  readonly labelOf: (unit: Unit) => string;
};

const PLACE = /^p:(are_[0-9a-z]{26}):([1-9]\d{0,6})$/;

/** The layout of an event over the seats of its pinned seat map (empty when it has none). */
export const layoutOf = (event: Event, seats: readonly Seat[]): EventLayout => {
  const seatsByCategory = new Map<string, number>();
  for (const seat of seats) seatsByCategory.set(seat.category, (seatsByCategory.get(seat.category) ?? 0) + 1);

  const seated = event.priceCategories
    .filter((category) => seatsByCategory.has(category.key))
    .map(
      (category, index): Pool => ({
        index,
        kind: 'seats',
        key: category.key,
        priceCategory: category.key,
        capacity: seatsByCategory.get(category.key) ?? 0,
      }),
    );
  const standing = event.areas.map(
    (area, n): Pool => ({
      index: seated.length + n,
      kind: 'places',
      key: area.id,
      priceCategory: area.priceCategory,
      capacity: Math.max(area.issued ?? 0, area.capacity),
    }),
  );
  const pools = [...seated, ...standing];
  const poolByCategory = new Map(seated.map((pool) => [pool.key, pool.index]));
  const poolByArea = new Map(standing.map((pool) => [pool.key, pool]));
  const areaNames = new Map(event.areas.map((area) => [area.id as string, area.name]));
  const indexByGuid = new Map(seats.map((seat, index) => [seat.guid, index]));

  const seatUnit = (index: number): Unit => {
    const seat = seats[index];
    if (seat === undefined) throw new RangeError(`no seat ${index} in this layout`);
    return {
      unitId: seatUnitId(seat.guid),
      pool: poolByCategory.get(seat.category) ?? -1,
      seat: index,
      place: 0,
    };
  };
  const poolOf = (unit: Unit): Pool => {
    const pool = pools[unit.pool];
    if (pool === undefined) throw new RangeError(`no pool ${unit.pool} in this layout`);
    return pool;
  };

  return {
    eventId: event.id,
    revision: event.revision,
    seatMapId: event.seatMapId,
    pools,
    seats,
    seatUnit,
    poolOf,
    findUnit: (unitId) => {
      if (unitId.startsWith('s:')) {
        const index = indexByGuid.get(unitId.slice(2));
        if (index === undefined) return null;
        const unit = seatUnit(index);
        return unit.pool === -1 ? null : unit;
      }
      const match = PLACE.exec(unitId);
      const pool = match?.[1] === undefined ? undefined : poolByArea.get(match[1]);
      const place = Number(match?.[2]);
      if (pool === undefined || place > pool.capacity) return null;
      return { unitId: placeUnitId(pool.key as AreaId, place), pool: pool.index, seat: -1, place };
    },
    labelOf: (unit) => {
      if (unit.seat < 0) return `${areaNames.get(poolOf(unit).key) ?? 'Area'}, place ${unit.place}`;
      const seat = seats[unit.seat];
      if (seat === undefined) return unit.unitId;
      return [seat.section, `row ${seat.row}`, `seat ${seat.number}`]
        .filter((part) => part !== '')
        .join(', ');
    },
  };
};
