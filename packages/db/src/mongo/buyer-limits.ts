import type { BuyerLimitStore, Raise } from '@eventhorizon/core/bookings/ports';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { type EventId, idSchema } from '@eventhorizon/core/shared/ids';
import type { Tx } from '@eventhorizon/core/shared/unit-of-work';
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
  /** How often somebody met here who raised another's (see Raise). */
  met: z.int().optional(),
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

const atMost = (most: number | null, by: number) => (most === null ? {} : { count: { $lte: most - by } });

export const mongoBuyerLimits = (db: Db): BuyerLimitStore => {
  const limits = collectionOf(db, buyerLimitsCollection);

  const countsOf = async (eventId: EventId, persons: readonly string[], tx?: Tx) => {
    const ids = [...new Set(persons)].map((person) => `${eventId}/${person}`);
    const docs = limits.find({ _id: { $in: ids } }, { projection: { person: 1, count: 1 }, ...readIn(tx) });
    return new Map((await docs.toArray()).map(({ person, count }) => [person, count]));
  };

  /** What each may have of its own at most: the limit without what stands elsewhere for the same person. Throws what is above it already. */
  const ownLimits = async (
    tx: Tx,
    eventId: EventId,
    raises: readonly Raise[],
  ): Promise<(number | null)[]> => {
    const shared = raises.filter(({ alongside }) => (alongside ?? null) !== null);
    const counts =
      shared.length === 0
        ? new Map<string, number>()
        : await countsOf(
            eventId,
            shared.flatMap(({ person, alongside }) => [person, alongside ?? person]),
            tx,
          );
    return raises.map(({ person, by, max, alongside }) => {
      if (max === null) return null;
      const have = counts.get(person) ?? 0;
      // Without this an upsert of a first document would put in more than `max`.
      if (have + by > max) throw new DomainError('hold.limit', { limit: max, have });
      const own = max - (counts.get(alongside ?? '') ?? 0);
      if (have + by > own) throw new DomainError('hold.limit_shared', { limit: max, have });
      return own;
    });
  };

  const raiseAll: BuyerLimitStore['raiseAll'] = async (tx, eventId, raises) => {
    if (raises.length === 0) return;
    const own = await ownLimits(tx, eventId, raises);
    const met = raises.flatMap(({ alongside, meets }) => (meets === true ? (alongside ?? []) : []));
    try {
      // Above the limit the filter does not match, the upsert tries to insert, and the id that exists refuses it.
      await limits.bulkWrite(
        [
          ...raises.map(({ person, by }, n) => ({
            updateOne: {
              filter: { _id: `${eventId}/${person}`, ...atMost(own[n] ?? null, by) },
              update: { $inc: { count: by }, $setOnInsert: { eventId, person } },
              upsert: true,
            },
          })),
          ...met.map((person) => ({
            updateOne: {
              filter: { _id: `${eventId}/${person}` },
              update: { $inc: { met: 1 }, $setOnInsert: { eventId, person, count: 0 } },
              upsert: true,
            },
          })),
        ],
        { ordered: true, ...sessionOf(tx) },
      );
    } catch (error) {
      if (duplicateIndexOf(error) !== '_id_') throw error;
      const refused = refusedBy(error, raises);
      if (refused !== undefined && refused.max !== null) {
        const { person, by, max } = refused;
        const have = (await countsOf(eventId, [person])).get(person) ?? 0;
        const most = own[raises.indexOf(refused)] ?? max;
        if (have + by > max) throw new DomainError('hold.limit', { limit: max, have }, { cause: error });
        if (have + by > most)
          throw new DomainError('hold.limit_shared', { limit: max, have }, { cause: error });
      }
      throw retryTransaction('this person bought or gave back meanwhile', error);
    }
  };
  return {
    raise: (tx, eventId, raise) => raiseAll(tx, eventId, [raise]),
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
