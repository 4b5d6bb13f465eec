import type { OrganizationId, SeatMapId, VenueId } from '../shared/ids.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Seat, SeatMap } from './seat-map.ts';
import type { Venue } from './venue.ts';

/** Venues in Mongo. What an organizer asks names the organization: another's venue is not there. */
export type VenueStore = {
  readonly insert: (venue: Venue) => Promise<void>;
  /** Writes `next` if the stored revision is still `from`; false when it is not (or the venue is gone). */
  readonly saveChange: (tx: Tx, next: Venue, from: number) => Promise<boolean>;
  /** For readers of public events and the worker. In `tx`: as its snapshot has it. */
  readonly find: (venueId: VenueId, tx?: Tx) => Promise<Venue | null>;
  readonly findOwn: (organizationId: OrganizationId, venueId: VenueId) => Promise<Venue | null>;
  /** The next number of a seat map version, given out once; a failed import leaves a gap. Throws `thing.not_found`. */
  readonly takeSeatMapVersion: (venueId: VenueId) => Promise<number>;
  /** By name, then id. */
  readonly list: (organizationId: OrganizationId, page: PageRequest) => Promise<Page<Venue>>;
};

/** Seat map versions in Mongo. A stored version never changes. */
export type SeatMapStore = {
  /**
   * Writes the seats of a map that does not exist yet: many, so outside any transaction. What no `insert` follows is forgotten
   * within the hour, and nobody can see it.
   */
  readonly stageSeats: (seatMapId: SeatMapId, seats: readonly Seat[]) => Promise<void>;
  /** The map, with the seats that were staged for it. */
  readonly insert: (tx: Tx, seatMap: SeatMap) => Promise<void>;
  /** For the worker and readers of published events. */
  readonly find: (seatMapId: SeatMapId) => Promise<SeatMap | null>;
  readonly findOwn: (organizationId: OrganizationId, seatMapId: SeatMapId) => Promise<SeatMap | null>;
  /** All seats in the order of the plan: a seat's index is its position here, in every process and for ever. */
  readonly seatsOf: (seatMapId: SeatMapId) => Promise<readonly Seat[]>;
  /** Newest version first. */
  readonly listOfVenue: (
    organizationId: OrganizationId,
    venueId: VenueId,
    page: PageRequest,
  ) => Promise<Page<SeatMap>>;
};
