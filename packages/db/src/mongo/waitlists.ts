import { idSchema } from '@eventhorizon/core/shared/ids';
import type { WaitlistStore } from '@eventhorizon/core/waitlist/ports';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { retryTransaction } from './retry-transaction.ts';
import { sessionOf } from './transaction.ts';

const waitlistSchema = z.object({
  /** The event. */
  _id: idSchema('evt'),
  /** Rises each time that somebody promotes for it: two who do so at once meet here. */
  turns: z.int(),
  pausedAt: z.date().nullable().optional(),
});

export const waitlistsCollection = defineCollection({
  name: 'waitlists',
  schema: waitlistSchema,
  indexes: [],
});

/** Two that make the first note of an event at once: whoever is second finds it there. */
const again = (error: unknown): never => {
  throw duplicateIndexOf(error) === '_id_' ? retryTransaction('the list is there by now', error) : error;
};

export const mongoWaitlists = (db: Db): WaitlistStore => {
  const lists = collectionOf(db, waitlistsCollection);
  return {
    takeTurn: async (tx, eventId) => {
      const list = await lists
        .findOneAndUpdate(
          { _id: eventId },
          { $inc: { turns: 1 } },
          { upsert: true, returnDocument: 'after', ...sessionOf(tx) },
        )
        .catch(again);
      return { eventId, pausedAt: list?.pausedAt ?? null };
    },
    find: async (eventId) => {
      const list = await lists.findOne({ _id: eventId }, readIn());
      return { eventId, pausedAt: list?.pausedAt ?? null };
    },
    setPaused: async (tx, eventId, at) => {
      const before = await lists
        .findOneAndUpdate(
          { _id: eventId },
          { $set: { pausedAt: at }, $inc: { turns: 1 } },
          { upsert: true, ...sessionOf(tx) },
        )
        .catch(again);
      return (before?.pausedAt ?? null) === null ? at !== null : at === null;
    },
  };
};
