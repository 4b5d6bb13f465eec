import type { OrganizationId, SeatMapId, VenueId } from '../shared/ids.ts';

/** One place in a seat map. `guid` is unique in the map and stays the same in every later version of it. */
export type Seat = {
  readonly guid: string;
  readonly section: string;
  readonly row: string;
  readonly number: string;
  /** Name of one of the map's categories. */
  readonly category: string;
  /** Absolute position, in the units of the plan (pixels). */
  readonly x: number;
  readonly y: number;
  readonly accessible: boolean;
};

export type SeatMapCategory = { readonly name: string; readonly color: string | null };

/** One stored version of a layout. Versions are never changed; an import makes the next one. */
export type SeatMap = {
  readonly id: SeatMapId;
  readonly organizationId: OrganizationId;
  readonly venueId: VenueId;
  readonly version: number;
  readonly name: string;
  readonly categories: readonly SeatMapCategory[];
  readonly seatCount: number;
  /** How many of them are wheelchair places. */
  readonly accessibleCount: number;
  /** What the import read over, told once to who imported: `text objects (12)`. */
  readonly ignored: readonly string[];
  readonly createdAt: Date;
};

export const MAX_SEATS = 100_000;
