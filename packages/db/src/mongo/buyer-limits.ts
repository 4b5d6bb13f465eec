import type { BuyerLimitStore } from '@eventhorizon/core/bookings/ports';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { type Db, MongoBulkWriteError } from 'mongodb';
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

/** An ordered bulk write stops at the first that is refused, and says which that was. */
const refusedBy = <T>(error: unknown, raises: readonly T[]): T | undefined => {
  const [first] = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [];
  return first === undefined ? undefined : raises[first.index];
};

export const mongoBuyerLimits = (db: Db): BuyerLimitStore => {
  const limits = collectionOf(db, buyerLimitsCollection);
  const raiseAll: BuyerLimitStore['raiseAll'] = async (tx, eventId, raises) => {
    if (raises.length === 0) return;
    // Without this an upsert of a first document would put in more than `max`.
    for (const { by, max } of raises)
      if (max !== null && by > max) throw new DomainError('hold.limit', { limit: max, have: 0 });
    try {
      // Above the limit the filter does not match, the upsert tries to insert, and the id that exists refuses it.
      await limits.bulkWrite(
        raises.map(({ person, by, max }) => ({
          updateOne: {
            filter: {
              _id: `${eventId}/${person}`,
              ...(max === null ? {} : { count: { $lte: max - by } }),
            },
            update: { $inc: { count: by }, $setOnInsert: { eventId, person } },
            upsert: true,
          },
        })),
        { ordered: true, ...sessionOf(tx) },
      );
    } catch (error) {
      const refused = duplicateIndexOf(error) === '_id_' ? refusedBy(error, raises) : undefined;
      if (refused === undefined || refused.max === null) throw error;
      const { person, by, max } = refused;
      const have = (await limits.findOne({ _id: `${eventId}/${person}` }, readIn()))?.count ?? 0;
      if (have + by <= max) throw retryTransaction('this person bought or gave back meanwhile', error);
      throw new DomainError('hold.limit', { limit: max, have }, { cause: error });
    }
  };
  return {
    raise: (tx, eventId, person, by, max) => raiseAll(tx, eventId, [{ person, by, max }]),
    raiseAll,
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
