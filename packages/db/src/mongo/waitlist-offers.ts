import { idSchema } from '@eventhorizon/core/shared/ids';
import { OFFER_STATUSES, type Offer } from '@eventhorizon/core/waitlist/offer';
import type { OfferStore } from '@eventhorizon/core/waitlist/ports';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

type OfferDoc = DocOf<Offer>;

const offerSchema = z.object({
  _id: idSchema('ofr'),
  entryId: idSchema('wle'),
  eventId: idSchema('evt'),
  organizationId: idSchema('org'),
  userId: idSchema('usr'),
  status: z.enum(OFFER_STATUSES),
  units: z.array(z.object({ unitId: z.string(), label: z.string(), priceCategory: z.string() })).readonly(),
  quote: z.object({
    currency: z.string(),
    prices: z
      .array(
        z.object({
          priceCategory: z.string(),
          ticketTypeId: idSchema('tty'),
          name: z.string(),
          amount: z.int(),
        }),
      )
      .readonly(),
  }),
  madeBy: idSchema('usr').nullable(),
  expiresAt: z.date(),
  bookingId: idSchema('bkg').nullable(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
});

export const waitlistOffersCollection = defineCollection<OfferDoc>({
  name: 'waitlistOffers',
  schema: offerSchema,
  indexes: [
    {
      name: 'one_open_per_entry',
      key: { entryId: 1 },
      unique: true,
      partialFilterExpression: { status: 'open' },
      why: 'whoever waits is offered one thing at a time, however many promote at once',
    },
    {
      name: 'by_event_status',
      key: { eventId: 1, status: 1, _id: 1 },
      why: 'the open offers of an event, to show and to end them; all of them for the audit',
    },
  ],
});

export const mongoWaitlistOffers = (db: Db): OfferStore => {
  const offers = collectionOf(db, waitlistOffersCollection);
  return {
    insert: async (tx, offer) => {
      await offers.insertOne(toDoc(offer), sessionOf(tx));
    },
    find: async (offerId, tx) => {
      const doc = await offers.findOne({ _id: offerId }, readIn(tx));
      return doc === null ? null : fromDoc<Offer>(doc);
    },
    findMany: async (offerIds) =>
      (await offers.find({ _id: { $in: [...offerIds] } }, readIn()).toArray()).map((doc) =>
        fromDoc<Offer>(doc),
      ),
    markAccepted: async (tx, offerId, bookingId, at) =>
      (
        await offers.updateOne(
          { _id: offerId, status: 'open' },
          { $set: { status: 'accepted', bookingId, endedAt: at } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markEnded: async (tx, offerId, to, at) =>
      (
        await offers.updateOne(
          { _id: offerId, status: 'open' },
          { $set: { status: to, endedAt: at } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    listOpen: async (eventId, limit) =>
      (await offers.find({ eventId, status: 'open' }, readIn()).sort({ _id: 1 }).limit(limit).toArray()).map(
        (doc) => fromDoc<Offer>(doc),
      ),
    countOpen: async (eventId) => {
      const [counts] = await offers
        .aggregate<{ open: number; units: number }>(
          [
            { $match: { eventId, status: 'open' } },
            { $group: { _id: null, open: { $sum: 1 }, units: { $sum: { $size: '$units' } } } },
            { $project: { _id: 0 } },
          ],
          readIn(),
        )
        .toArray();
      return counts ?? { open: 0, units: 0 };
    },
    streamOfEvent: async function* (eventId) {
      for await (const doc of offers.find({ eventId }, readIn())) yield fromDoc<Offer>(doc);
    },
  };
};
