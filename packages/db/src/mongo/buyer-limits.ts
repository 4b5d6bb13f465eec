import type { BuyerLimitStore } from '@eventhorizon/core/bookings/ports';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { retryTransaction } from './retry-transaction.ts';
import { sessionOf } from './transaction.ts';

const buyerLimitSchema = z.object({
  /** `<eventId>/<person>`: one document for parallel checkouts of a person to meet on. */
  _id: z.string(),
  eventId: idSchema('evt'),
  person: z.string(),
  /** Units this person has claimed. */
  count: z.int().min(0),
});

export const buyerLimitsCollection = defineCollection({
  name: 'buyerLimits',
  schema: buyerLimitSchema,
  indexes: [
    { name: 'by_event', key: { eventId: 1 }, why: 'the audit compares an event’s counts with its claims' },
  ],
});

export const mongoBuyerLimits = (db: Db): BuyerLimitStore => {
  const limits = collectionOf(db, buyerLimitsCollection);
  return {
    raise: async (tx, eventId, person, by, max) => {
      const _id = `${eventId}/${person}`;
      // Without this an upsert of a first document would put in more than `max`.
      if (max !== null && by > max) throw new DomainError('hold.limit', { limit: max, have: 0 });
      try {
        // Above the limit the filter does not match, the upsert tries to insert, and the id that exists refuses it.
        await limits.updateOne(
          { _id, ...(max === null ? {} : { count: { $lte: max - by } }) },
          { $inc: { count: by }, $setOnInsert: { eventId, person } },
          { upsert: true, ...sessionOf(tx) },
        );
      } catch (error) {
        if (duplicateIndexOf(error) !== '_id_' || max === null) throw error;
        const have = (await limits.findOne({ _id }, readIn()))?.count ?? 0;
        if (have + by <= max) throw retryTransaction('this person bought or gave back meanwhile', error);
        throw new DomainError('hold.limit', { limit: max, have }, { cause: error });
      }
    },
    lower: async (tx, eventId, person, by) => {
      if (by === 0) return;
      await limits.updateOne(
        { _id: `${eventId}/${person}`, count: { $gte: by } },
        { $inc: { count: -by } },
        sessionOf(tx),
      );
    },
    streamOfEvent: async function* (eventId) {
      for await (const { person, count } of limits.find({ eventId }, readIn())) yield { person, count };
    },
  };
};
