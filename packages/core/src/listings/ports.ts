import type { EventId, OrganizationId, VenueId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { FoundListing, NewListing } from './listing.ts';
import type { ListingPageQuery } from './listing-query.ts';
import type { ListingPage } from './listing-view.ts';

/** What a listing was made from. */
export type ListingSource = {
  readonly eventId: EventId;
  readonly eventRevision: number;
  readonly venueRevision: number;
};

/** Listings in Mongo: a copy for readers, which can be made again from events, venues and organizations. */
export type ListingStore = {
  /** Writes the listing, whatever was there; its popularity stays. */
  readonly save: (tx: Tx, listing: NewListing) => Promise<void>;
  readonly remove: (eventId: EventId) => Promise<void>;
  /** Up to `limit + 1` listings that are shown at `now`, after the position, in the query's order and among equals by id. */
  readonly search: (page: ListingPageQuery, now: Date) => Promise<FoundListing[]>;
  /** Of those among these events that are listed, in no order. */
  readonly sourcesOf: (eventIds: readonly EventId[]) => Promise<ListingSource[]>;
  /** Of all that are shown at `from` or later, in batches. */
  readonly hints: (
    from: Date,
  ) => AsyncIterable<readonly { readonly eventId: EventId; readonly free: number }[]>;
  readonly popularities: (
    from: Date,
  ) => AsyncIterable<readonly { readonly eventId: EventId; readonly popularity: number }[]>;
  /** How many changed. */
  readonly setFree: (counts: ReadonlyMap<EventId, number>, at: Date) => Promise<number>;
  readonly setPopularity: (counts: ReadonlyMap<EventId, number>) => Promise<number>;
  /** Deletes those that need not be kept at `now`. */
  readonly forget: (now: Date) => Promise<void>;
};

/** What listings are made of, as the reconciler and the change of a venue look for it. Published events only. */
export type ListedEvents = {
  readonly idsAtVenue: (venueId: VenueId) => AsyncIterable<EventId>;
  /** Of all published events of an organization. */
  readonly idsOfOrganization: (organizationId: OrganizationId) => AsyncIterable<EventId>;
  /** Of all that are to be listed at `from` or later, in batches. */
  readonly batches: (from: Date) => AsyncIterable<readonly ListingSource[]>;
  /** Those among these that are published. */
  readonly published: (eventIds: readonly EventId[]) => Promise<ReadonlySet<EventId>>;
};

/** Counts of sales in Mongo. */
export type SalesFigures = {
  readonly unitsClaimed: (eventId: EventId) => Promise<number>;
  /** Tickets issued since `since` by event, each unit once: a transfer is no sale. */
  readonly ticketsSold: (since: Date) => Promise<ReadonlyMap<EventId, number>>;
};

/**
 * Free units by event as Redis has them now, in one round trip. An event without a copy there is absent.
 * Throws `service.unreachable`.
 */
export type FreeUnits = {
  readonly count: (eventIds: readonly EventId[]) => Promise<ReadonlyMap<EventId, number>>;
};

/** Pages of the listing as Redis remembers them. */
export type ListingCache = {
  /**
   * The page of this key, remembered or else read. Never one that was read before the last `invalidate` ended, nor one that is over.
   * Without Redis it is always read. Parallel calls share one read.
   */
  readonly through: (key: string, now: Date, read: () => Promise<ListingPage>) => Promise<ListingPage>;
  /** Forgets all pages. Throws `service.unreachable`: they may be served again then, so try again. */
  readonly invalidate: () => Promise<void>;
};
