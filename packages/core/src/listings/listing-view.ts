import type { EventTime } from '../events/event.ts';
import type { EventId, OrganizationId } from '../shared/ids.ts';
import type { FoundListing, ListedVenue } from './listing.ts';

type PlainTime = Omit<EventTime, 'at'> & { readonly at: string };

/** What is free. `live`: as Redis had it when it was asked; `hint`: as the worker last knew it, at `asOf`. */
export type ListedAvailability = {
  readonly free: number;
  readonly capacity: number;
  readonly source: 'live' | 'hint';
  readonly asOf: string | null;
};

/** A listing in clients' words. Instants are ISO texts, prices minor units. */
export type ListingView = {
  readonly id: EventId;
  readonly title: string;
  readonly organization: { readonly id: OrganizationId; readonly name: string };
  readonly category: string;
  readonly tags: readonly string[];
  readonly imageUrl: string | null;
  readonly startsAt: PlainTime;
  readonly endsAt: PlainTime;
  readonly doorsAt: PlainTime | null;
  readonly venue: ListedVenue;
  readonly salesStartAt: string | null;
  readonly salesEndAt: string | null;
  readonly price: { readonly from: number; readonly to: number; readonly currency: string };
  readonly availability: ListedAvailability;
  /** Tickets sold in the last 14 days. */
  readonly popularity: number;
  /** From the point that was asked for. */
  readonly distanceMetres: number | null;
};

/** One page with the worker's hints in it. `goodUntil`: from this instant (ms) on one of them is not shown any more. */
export type ListingPage = {
  readonly items: readonly ListingView[];
  readonly nextCursor: string | null;
  readonly goodUntil: number | null;
};

const plain = ({ local, zone, at }: EventTime): PlainTime => ({ local, zone, at: at.toISOString() });

export const listingView = (listing: FoundListing): ListingView => ({
  id: listing.id,
  title: listing.title,
  organization: listing.organization,
  category: listing.category,
  tags: listing.tags,
  imageUrl: listing.imageUrl,
  startsAt: plain(listing.startsAt),
  endsAt: plain(listing.endsAt),
  doorsAt: listing.doorsAt === null ? null : plain(listing.doorsAt),
  venue: listing.venue,
  salesStartAt: listing.salesStartAt?.toISOString() ?? null,
  salesEndAt: listing.salesEndAt?.toISOString() ?? null,
  price: { from: listing.priceFrom, to: listing.priceTo, currency: listing.currency },
  availability: {
    free: listing.free,
    capacity: listing.capacity,
    source: 'hint',
    asOf: listing.freeAt.toISOString(),
  },
  popularity: listing.popularity,
  distanceMetres: listing.distance,
});
