import type { ListingPosition, ListingQuery } from '@eventhorizon/core/listings/listing-query';
import { addMs, DAY_MS, HOUR_MS } from '@eventhorizon/core/shared/clock';
import type { Document } from 'mongodb';

/** Mean radius of the Earth (IUGG). */
export const EARTH_RADIUS_KM = 6_371.0088;

/** The fields that a sort goes by, apart from distance, which is no field. `1`: smallest first. */
const SORT_FIELDS = {
  date: { field: 'startsAt.at', direction: 1 },
  popularity: { field: 'popularity', direction: -1 },
  price: { field: 'priceFrom', direction: 1 },
} as const;

/** The highest code point: behind every word that begins with the prefix. */
const LAST = '\u{10ffff}';

/** Zones reach from 12 hours behind to 14 hours before UTC. */
const EARLIEST_MS = -14 * HOUR_MS;
const LATEST_MS = 12 * HOUR_MS;

/** Everything that must hold at once. Values come out of a parsed query only, so no operator can slip in. */
const conditions = (query: ListingQuery, now: Date): Document[] => {
  const { prefix, fromAt, beforeAt, fromDay, toDay, near, price } = query;
  const found: Document[] = [{ listed: true }, { listedUntil: { $gt: now } }];
  for (const word of query.words) found.push({ words: word });
  if (prefix !== null) found.push({ words: { $elemMatch: { $gte: prefix, $lt: prefix + LAST } } });
  if (fromAt !== null) found.push({ 'startsAt.at': { $gte: fromAt } });
  if (beforeAt !== null) found.push({ 'startsAt.at': { $lt: beforeAt } });
  // The instants only narrow the index; the day at the place decides.
  if (fromDay !== null)
    found.push({ day: { $gte: fromDay }, 'startsAt.at': { $gte: addMs(new Date(fromDay), EARLIEST_MS) } });
  if (toDay !== null)
    found.push({ day: { $lte: toDay }, 'startsAt.at': { $lt: addMs(new Date(toDay), DAY_MS + LATEST_MS) } });
  if (query.cityKey !== null) found.push({ cityKey: query.cityKey });
  if (query.country !== null) found.push({ 'venue.country': query.country });
  if (query.category !== null) found.push({ category: query.category });
  for (const tag of query.tags) found.push({ tags: tag });
  if (query.organizationId !== null) found.push({ 'organization.id': query.organizationId });
  if (query.availableOnly) found.push({ available: true });
  if (price !== null && price !== undefined) {
    found.push({ currency: price.currency });
    if (price.max !== undefined) found.push({ priceFrom: { $lte: price.max } });
    if (price.min !== undefined) found.push({ priceTo: { $gte: price.min } });
  }
  if (near !== null && near !== undefined) {
    const centre = [near.longitude, near.latitude];
    found.push({ location: { $geoWithin: { $centerSphere: [centre, near.radiusKm / EARTH_RADIUS_KM] } } });
  }
  return found;
};

/** What comes after a position in the order of a field, and among equals by id. The first bound is one that an index can use. */
const behind = (field: string, direction: 1 | -1, { key, id }: ListingPosition): Document => {
  const value = field === 'startsAt.at' ? new Date(key) : key;
  const [reaches, passes] = direction === 1 ? ['$gte', '$gt'] : ['$lte', '$lt'];
  return { [field]: { [reaches]: value }, $or: [{ [field]: { [passes]: value } }, { _id: { $gt: id } }] };
};

const radians = (degrees: unknown): Document => ({ $degreesToRadians: degrees });
const sineSquaredOfHalf = (angle: Document): Document => ({ $pow: [{ $sin: { $divide: [angle, 2] } }, 2] });

/** Whole metres along a great circle, by the haversine formula (https://en.wikipedia.org/wiki/Haversine_formula). */
const distanceTo = ({ latitude, longitude }: { latitude: number; longitude: number }): Document => {
  const place = {
    longitude: { $first: '$location.coordinates' },
    latitude: { $last: '$location.coordinates' },
  };
  const haversine = {
    $add: [
      sineSquaredOfHalf(radians({ $subtract: [place.latitude, latitude] })),
      {
        $multiply: [
          { $cos: radians(place.latitude) },
          { $cos: radians(latitude) },
          sineSquaredOfHalf(radians({ $subtract: [place.longitude, longitude] })),
        ],
      },
    ],
  };
  // Rounding may lift the sum of antipodes above 1, where there is no arcsine.
  const half = { $asin: { $sqrt: { $min: [1, haversine] } } };
  return { $round: [{ $multiply: [2 * EARTH_RADIUS_KM * 1_000, half] }, 0] };
};

/** The pipeline that answers a page: up to `limit + 1` listings, with their distance when a point was given. */
export const listingPipeline = (
  { query, after, limit }: { query: ListingQuery; after: ListingPosition | null; limit: number },
  now: Date,
): Document[] => {
  const wanted = conditions(query, now);
  const distance = query.near === null || query.near === undefined ? null : distanceTo(query.near);
  if (query.sort === 'distance')
    return [
      { $match: { $and: wanted } },
      { $unset: 'words' },
      { $set: { distance } },
      ...(after === null ? [] : [{ $match: behind('distance', 1, after) }]),
      { $sort: { distance: 1, _id: 1 } },
      { $limit: limit + 1 },
    ];
  const { field, direction } = SORT_FIELDS[query.sort];
  return [
    { $match: { $and: [...wanted, ...(after === null ? [] : [behind(field, direction, after)])] } },
    { $sort: { [field]: direction, _id: 1 } },
    { $limit: limit + 1 },
    { $unset: 'words' },
    ...(distance === null ? [] : [{ $set: { distance } }]),
  ];
};
