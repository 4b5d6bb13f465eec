import { DISPUTE_STATUSES, type Dispute } from '@eventhorizon/core/payments/dispute';
import { DisputeExists, type DisputeStore } from '@eventhorizon/core/payments/stores';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { moneySchema } from '@eventhorizon/core/shared/money';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

type DisputeDoc = DocOf<Dispute>;

const disputeSchema = z.object({
  /** The provider's: the same in everything it tells of this dispute. */
  _id: z.string(),
  paymentId: idSchema('pay'),
  bookingId: idSchema('bkg'),
  eventId: idSchema('evt'),
  organizationId: idSchema('org'),
  status: z.enum(DISPUTE_STATUSES),
  amount: moneySchema,
  reason: z.string(),
  answerBy: z.date().nullable(),
  openedAt: z.date(),
  toldAt: z.date(),
});

export const disputesCollection = defineCollection<DisputeDoc>({
  name: 'disputes',
  schema: disputeSchema,
  indexes: [{ name: 'by_event', key: { eventId: 1, _id: 1 }, why: 'the audit of an event' }],
});

export const mongoDisputes = (db: Db): DisputeStore => {
  const disputes = collectionOf(db, disputesCollection);
  return {
    insert: async (tx, dispute) => {
      try {
        await disputes.insertOne(toDoc(dispute), sessionOf(tx));
      } catch (error) {
        if (duplicateIndexOf(error) === '_id_')
          throw new DisputeExists(`${dispute.id} is known`, { cause: error });
        throw error;
      }
    },
    find: async (id, tx) => {
      const doc = await disputes.findOne({ _id: id }, readIn(tx));
      return doc === null ? null : fromDoc<Dispute>(doc);
    },
    markTold: async (tx, { id, status, toldAt }, next) => {
      const { _id, ...fields } = toDoc(next);
      const { modifiedCount } = await disputes.updateOne(
        { _id: id, status, toldAt },
        { $set: fields },
        sessionOf(tx),
      );
      return modifiedCount === 1;
    },
    streamOfEvent: async function* (eventId) {
      for await (const doc of disputes.find({ eventId }, readIn())) yield fromDoc<Dispute>(doc);
    },
  };
};
