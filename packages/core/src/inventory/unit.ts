import type { AreaId } from '../shared/ids.ts';

/**
 * What is sold exactly once in an event: `s:<guid>` a seat, `p:<areaId>:<n>` the n-th place of an area (from 1).
 * Made from the plan's guid and the place's number, never from an index, so it survives new seat map versions.
 */
export type UnitId = string;

export const seatUnitId = (guid: string): UnitId => `s:${guid}`;
export const placeUnitId = (areaId: AreaId, place: number): UnitId => `p:${areaId}:${place}`;

/** Units that are interchangeable for a buyer: the seats of one price category, or the places of one area. */
export type Pool = {
  /** Position in the layout: Redis counts by it. Seated categories first, in the event's order, then areas. */
  readonly index: number;
  readonly kind: 'seats' | 'places';
  /** The price category's key (seats) or the area's id (places). */
  readonly key: string;
  readonly priceCategory: string;
  /** Units ever numbered; retired ones are among them, claimed. */
  readonly capacity: number;
};

/** A unit with what Redis needs to count it. `seat`: index in the pinned seat map, -1 for a place. `place`: 0 for a seat. */
export type Unit = {
  readonly unitId: UnitId;
  readonly pool: number;
  readonly seat: number;
  readonly place: number;
};
