import type { Listing } from '@eventhorizon/core/listings/listing';
import type { SearchListings } from '@eventhorizon/core/listings/search-input';
import type { GeoPoint } from '@eventhorizon/core/venues/venue';

const EARTH_RADIUS_M = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Metres, by the spherical law of cosines: another formula than the store's. */
const metresBetween = (a: GeoPoint, b: GeoPoint): number => {
  const [from, to] = [radians(a.latitude), radians(b.latitude)];
  const cosine =
    Math.sin(from) * Math.sin(to) +
    Math.cos(from) * Math.cos(to) * Math.cos(radians(b.longitude - a.longitude));
  return EARTH_RADIUS_M * Math.acos(Math.min(1, Math.max(-1, cosine)));
};

const distanceOf = (listing: Listing, query: SearchListings): number =>
  query.near === undefined || listing.venue.location === null
    ? Number.POSITIVE_INFINITY
    : Math.round(metresBetween(listing.venue.location, query.near));

const fits = (listing: Listing, query: SearchListings, now: Date): boolean => {
  const { text = [], from, to, price } = query;
  const last = text.at(-1);
  const start = listing.startsAt.at;
  return (
    listing.listed &&
    listing.listedUntil > now &&
    text.slice(0, -1).every((word) => listing.words.includes(word)) &&
    (last === undefined || listing.words.some((word) => word.startsWith(last))) &&
    (from === undefined || (from instanceof Date ? start >= from : listing.day >= from)) &&
    (to === undefined || (to instanceof Date ? start < to : listing.day <= to)) &&
    (query.city === undefined || listing.cityKey === query.city) &&
    (query.country === undefined || listing.venue.country === query.country) &&
    (query.category === undefined || listing.category === query.category) &&
    (query.tags ?? []).every((tag) => listing.tags.includes(tag)) &&
    (query.organizationId === undefined || listing.organization.id === query.organizationId) &&
    (!query.availableOnly || listing.free > 0) &&
    (price === undefined ||
      (listing.currency === price.currency &&
        (price.max === undefined || listing.priceFrom <= price.max) &&
        (price.min === undefined || listing.priceTo >= price.min))) &&
    (query.near === undefined || distanceOf(listing, query) <= query.near.radiusKm * 1_000)
  );
};

/** What a search should find, in its order, by looking at every listing. */
export const naiveSearch = (all: readonly Listing[], query: SearchListings, now: Date): string[] => {
  const keyOf = (listing: Listing): number =>
    ({
      date: listing.startsAt.at.getTime(),
      distance: distanceOf(listing, query),
      popularity: -listing.popularity,
      price: listing.priceFrom,
    })[query.sort];
  return all
    .filter((listing) => fits(listing, query, now))
    .toSorted((a, b) => keyOf(a) - keyOf(b) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
};
