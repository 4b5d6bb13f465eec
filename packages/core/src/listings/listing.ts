import type { EventTime } from '../events/event.ts';
import { DAY_MS } from '../shared/clock.ts';
import type { EventId, OrganizationId, VenueId } from '../shared/ids.ts';
import type { GeoPoint } from '../venues/venue.ts';

/** Where a listed event takes place. */
export type ListedVenue = {
  readonly id: VenueId;
  readonly name: string;
  readonly city: string;
  readonly country: string;
  readonly location: GeoPoint | null;
};

/**
 * What the public listing knows of an event: a copy made from the event, its venue and its organization, remade by the worker after each
 * change of one of them. The truth stays with them; a listing may be thrown away at any time.
 */
export type Listing = {
  readonly id: EventId;
  readonly organization: { readonly id: OrganizationId; readonly name: string };
  /** Whether the event is published. Others are kept for a day, so that a late writer collides with them. */
  readonly listed: boolean;
  /** Until when it is shown: its start, or the end of its sale when that is later. */
  readonly listedUntil: Date;
  /** After this it may be deleted. */
  readonly keepUntil: Date;
  /** What it was made from. */
  readonly eventRevision: number;
  readonly venueRevision: number;

  readonly title: string;
  readonly category: string;
  readonly tags: readonly string[];
  readonly imageUrl: string | null;
  readonly startsAt: EventTime;
  readonly endsAt: EventTime;
  readonly doorsAt: EventTime | null;
  readonly venue: ListedVenue;
  readonly salesStartAt: Date | null;
  readonly salesEndAt: Date | null;
  readonly currency: string;
  /** Minor units: the lowest and the highest price of any ticket type. */
  readonly priceFrom: number;
  readonly priceTo: number;
  /** Units for sale, sold ones too. */
  readonly capacity: number;
  /** Units free at `freeAt`: a hint, which the worker brings up to date; see docs/search.md. */
  readonly free: number;
  readonly freeAt: Date;
  /** Tickets sold in the last 14 days. */
  readonly popularity: number;

  /** The day of the start at the place, `2026-12-31`. */
  readonly day: string;
  readonly cityKey: string;
  /** Folded words of title, category, tags, venue, city and organization. */
  readonly words: readonly string[];
};

/** Popularity is kept apart: it comes of sales, not of a change of the event. */
export type NewListing = Omit<Listing, 'popularity'>;

/** A listing that a search found. `distance`: metres from the point that was asked for. */
export type FoundListing = Omit<Listing, 'words'> & { readonly distance: number | null };

/** For how long a sold ticket counts as popularity. */
export const POPULARITY_MS = 14 * DAY_MS;
