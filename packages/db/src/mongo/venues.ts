import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { VenueStore } from '@eventhorizon/core/venues/ports';
import type { Venue } from '@eventhorizon/core/venues/venue';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

const venueSchema = z.object({
  _id: idSchema('ven'),
  organizationId: idSchema('org'),
  name: z.string(),
  address: z.string(),
  city: z.string(),
  country: z.string(),
  /** GeoJSON: longitude first. */
  location: z.object({ type: z.literal('Point'), coordinates: z.tuple([z.number(), z.number()]) }).nullable(),
  zone: z.string(),
  revision: z.int(),
  /** The highest number given to a seat map version. */
  seatMapVersions: z.int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
type VenueDoc = z.output<typeof venueSchema>;

export const venuesCollection = defineCollection({
  name: 'venues',
  schema: venueSchema,
  indexes: [
    {
      name: 'by_organization_name',
      key: { organizationId: 1, name: 1, _id: 1 },
      why: "an organization's venues by name",
    },
  ],
});

const position = z.tuple([z.string(), idSchema('ven')]);

const toVenueDoc = (venue: Venue): Omit<VenueDoc, 'seatMapVersions'> => ({
  ...toDoc(venue),
  location:
    venue.location === null
      ? null
      : { type: 'Point', coordinates: [venue.location.longitude, venue.location.latitude] },
});

const toVenue = ({ location, seatMapVersions: _versions, ...doc }: VenueDoc): Venue => {
  const [longitude, latitude] = location?.coordinates ?? [];
  return fromDoc<Venue>({
    ...doc,
    location: longitude === undefined || latitude === undefined ? null : { latitude, longitude },
  } satisfies DocOf<Venue>);
};

export const mongoVenues = (db: Db): VenueStore => {
  const venues = collectionOf(db, venuesCollection);
  const orNull = (doc: VenueDoc | null): Venue | null => (doc === null ? null : toVenue(doc));
  return {
    insert: async (venue) => {
      await venues.insertOne({ ...toVenueDoc(venue), seatMapVersions: 0 });
    },
    saveChange: async (tx, next, from) => {
      const { _id, ...fields } = toVenueDoc(next);
      const { organizationId } = next;
      const stored = { _id, organizationId, revision: from };
      return (await venues.updateOne(stored, { $set: fields }, sessionOf(tx))).matchedCount === 1;
    },
    find: async (venueId, tx) => orNull(await venues.findOne({ _id: venueId }, readIn(tx))),
    findOwn: async (organizationId, venueId) =>
      orNull(await venues.findOne({ _id: venueId, organizationId })),
    takeSeatMapVersion: async (venueId) => {
      const venue = await venues.findOneAndUpdate(
        { _id: venueId },
        { $inc: { seatMapVersions: 1 } },
        { returnDocument: 'after', projection: { seatMapVersions: 1 } },
      );
      if (venue === null) throw new DomainError('thing.not_found', { thing: 'venue' });
      return venue.seatMapVersions;
    },
    list: async (organizationId, { cursor, limit }) => {
      const [name, id] = cursor === undefined ? [] : decodeCursor(cursor, position);
      const after =
        name === undefined || id === undefined
          ? {}
          : { name: { $gte: name }, $or: [{ name: { $gt: name } }, { _id: { $gt: id } }] };
      const docs = await venues
        .find({ organizationId, ...after })
        .sort({ name: 1, _id: 1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(docs.map(toVenue), limit, (venue) => [venue.name, venue.id]);
    },
  };
};
