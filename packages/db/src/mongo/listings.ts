import type { FoundListing, NewListing } from '@eventhorizon/core/listings/listing';
import type { ListingStore } from '@eventhorizon/core/listings/ports';
import { type EventId, idSchema } from '@eventhorizon/core/shared/ids';
import type { Db, WithoutId } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { inBatches } from './in-batches.ts';
import { listingPipeline } from './listing-filter.ts';
import { retryTransaction } from './retry-transaction.ts';
import { sessionOf } from './transaction.ts';

const timeSchema = z.object({ local: z.string(), zone: z.string(), at: z.date() });

const listingSchema = z.object({
  _id: idSchema('evt'),
  organization: z.object({ id: idSchema('org'), name: z.string() }),
  listed: z.boolean(),
  listedUntil: z.date(),
  keepUntil: z.date(),
  eventRevision: z.int(),
  venueRevision: z.int(),
  title: z.string(),
  category: z.string(),
  tags: z.array(z.string()).readonly(),
  imageUrl: z.string().nullable(),
  startsAt: timeSchema,
  endsAt: timeSchema,
  doorsAt: timeSchema.nullable(),
  venue: z.object({ id: idSchema('ven'), name: z.string(), city: z.string(), country: z.string() }),
  /** GeoJSON: longitude first. */
  location: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }).nullable(),
  salesStartAt: z.date().nullable(),
  salesEndAt: z.date().nullable(),
  currency: z.string(),
  priceFrom: z.int(),
  priceTo: z.int(),
  capacity: z.int(),
  free: z.int(),
  /** `free > 0`, which an index can say. */
  available: z.boolean(),
  freeAt: z.date(),
  popularity: z.int(),
  day: z.string(),
  cityKey: z.string(),
  words: z.array(z.string()).readonly(),
});
type ListingDoc = z.output<typeof listingSchema>;

const listedOnly = { partialFilterExpression: { listed: true } } as const;
const byStart = (name: string, field: string, why: string) => ({
  name: `by_${name}_start`,
  key: { [field]: 1, 'startsAt.at': 1, _id: 1 } as const,
  ...listedOnly,
  why: `${why}, by start without sorting`,
});

export const listingsCollection = defineCollection({
  name: 'listings',
  schema: listingSchema,
  indexes: [
    {
      name: 'by_start',
      key: { 'startsAt.at': 1, _id: 1 },
      ...listedOnly,
      why: 'everything, and whatever is asked for that most listings fit, by start',
    },
    byStart('available', 'available', 'what is not sold out'),
    byStart('word', 'words', 'what has a word, or a word that begins so'),
    byStart('city', 'cityKey', 'what takes place in a city'),
    byStart('country', 'venue.country', 'what takes place in a country'),
    byStart('category', 'category', 'what is of a category'),
    byStart('tag', 'tags', 'what has a tag'),
    byStart('organization', 'organization.id', 'what an organization sells'),
    {
      name: 'by_price_range',
      key: { currency: 1, priceFrom: 1, _id: 1, priceTo: 1 },
      ...listedOnly,
      why: 'what costs so much, and everything of a currency by price; documents of what is cheaper throughout are not read',
    },
    {
      name: 'by_popularity',
      key: { popularity: -1, _id: 1 },
      ...listedOnly,
      why: 'everything by popularity',
    },
    { name: 'by_location', key: { location: '2dsphere' }, ...listedOnly, why: 'what is near a point' },
    {
      name: 'by_end_with_free',
      key: { listed: 1, keepUntil: 1, _id: 1, free: 1 },
      why: 'the worker goes through all hints without reading documents, and forgets what is over',
    },
  ],
});

/** Listings that the worker looks at at a time. */
const BATCH = 500;

const toDoc = ({
  id,
  venue: { location, ...venue },
  ...listing
}: NewListing): WithoutId<Omit<ListingDoc, 'popularity'>> => ({
  ...listing,
  venue,
  available: listing.free > 0,
  location:
    location === null ? null : { type: 'Point', coordinates: [location.longitude, location.latitude] },
});

type FoundDoc = Omit<ListingDoc, 'words'> & { readonly distance?: number };

const toFound = ({
  _id,
  location,
  venue,
  available: _available,
  distance,
  ...doc
}: FoundDoc): FoundListing => {
  const [longitude, latitude] = location?.coordinates ?? [];
  return {
    ...doc,
    id: _id,
    venue: {
      ...venue,
      location: longitude === undefined || latitude === undefined ? null : { latitude, longitude },
    },
    distance: distance ?? null,
  };
};

export const mongoListings = (db: Db): ListingStore => {
  const listings = collectionOf(db, listingsCollection);
  const setEach = async (
    counts: ReadonlyMap<EventId, number>,
    fieldsOf: (count: number) => Partial<Pick<ListingDoc, 'free' | 'available' | 'freeAt' | 'popularity'>>,
  ): Promise<number> => {
    const updates = [...counts].map(([_id, count]) => ({
      updateOne: { filter: { _id }, update: { $set: fieldsOf(count) } },
    }));
    return updates.length === 0 ? 0 : (await listings.bulkWrite(updates, { ordered: false })).modifiedCount;
  };
  return {
    save: async (tx, listing) => {
      const write = { $set: toDoc(listing), $setOnInsert: { popularity: 0 } };
      try {
        await listings.updateOne({ _id: listing.id }, write, { upsert: true, ...sessionOf(tx) });
      } catch (error) {
        // Made by another worker since this transaction's snapshot: read again, and change that one.
        if (duplicateIndexOf(error) !== null) throw retryTransaction('the listing was made meanwhile', error);
        throw error;
      }
    },
    remove: async (eventId) => {
      await listings.deleteOne({ _id: eventId });
    },
    search: async (page, now) =>
      (await listings.aggregate<FoundDoc>(listingPipeline(page, now)).toArray()).map(toFound),
    sourcesOf: async (eventIds) => {
      const projection = { eventRevision: 1, venueRevision: 1 } as const;
      const docs = await listings
        .find({ _id: { $in: [...eventIds] }, listed: true }, { projection })
        .toArray();
      return docs.map(({ _id, ...source }) => ({ eventId: _id, ...source }));
    },
    hints: async function* (from) {
      const docs = listings.find(
        { listed: true, keepUntil: { $gt: from } },
        { projection: { free: 1 }, batchSize: BATCH, hint: 'by_end_with_free' },
      );
      for await (const batch of inBatches(docs, BATCH))
        yield batch.map(({ _id, free }) => ({ eventId: _id, free }));
    },
    popularities: async function* (from) {
      const docs = listings.find(
        { listed: true, keepUntil: { $gt: from } },
        { projection: { popularity: 1 }, batchSize: BATCH },
      );
      for await (const batch of inBatches(docs, BATCH))
        yield batch.map(({ _id, popularity }) => ({ eventId: _id, popularity }));
    },
    setFree: (counts, at) => setEach(counts, (free) => ({ free, available: free > 0, freeAt: at })),
    setPopularity: (counts) => setEach(counts, (popularity) => ({ popularity })),
    forget: async (now) => {
      await listings.deleteMany({ listed: { $in: [true, false] }, keepUntil: { $lt: now } });
    },
  };
};
