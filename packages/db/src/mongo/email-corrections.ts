import { REQUESTERS } from '@eventhorizon/core/notifications/email-correction';
import { type EmailCorrectionStore, MAX_LISTED_MESSAGES } from '@eventhorizon/core/notifications/ports';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { sessionOf } from './transaction.ts';

const emailCorrectionSchema = z.object({
  /** The letter that went to the right address. */
  _id: idSchema('ntf'),
  bookingId: idSchema('bkg'),
  before: z.string().nullable(),
  after: z.string(),
  by: z.enum(REQUESTERS),
  userId: idSchema('usr'),
  at: z.date(),
});

export const emailCorrectionsCollection = defineCollection({
  name: 'emailCorrections',
  schema: emailCorrectionSchema,
  indexes: [
    {
      name: 'by_booking',
      key: { bookingId: 1, at: 1 },
      why: 'who changed the address of a booking, and when',
    },
  ],
});

export const mongoEmailCorrections = (db: Db): EmailCorrectionStore => {
  const corrections = collectionOf(db, emailCorrectionsCollection);
  return {
    insert: async (tx, { notificationId, ...rest }) => {
      await corrections.insertOne({ _id: notificationId, ...rest }, sessionOf(tx));
    },
    find: async (notificationId) => {
      const doc = await corrections.findOne({ _id: notificationId });
      if (doc === null) return null;
      const { _id, ...rest } = doc;
      return { notificationId: _id, ...rest };
    },
    listOfBooking: async (bookingId) => {
      const docs = corrections.find({ bookingId }).sort({ at: 1 }).limit(MAX_LISTED_MESSAGES);
      return (await docs.toArray()).map(({ _id, ...rest }) => ({ notificationId: _id, ...rest }));
    },
  };
};
