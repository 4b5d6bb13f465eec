import { randomBytes } from 'node:crypto';
import { type ReferenceSource, type ReferenceStore, ReferenceTaken } from '@eventhorizon/core/bookings/ports';
import { REFERENCE_LENGTH, REFERENCE_PATTERN, referenceOf } from '@eventhorizon/core/bookings/reference';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

const referenceSchema = z.object({
  _id: z.string().regex(REFERENCE_PATTERN),
  bookingId: idSchema('bkg'),
});

/** Its own small collection: bookings are sharded by event, and a unique index must lead with the shard key. */
export const bookingReferencesCollection = defineCollection({
  name: 'bookingReferences',
  schema: referenceSchema,
  indexes: [],
});

export const mongoBookingReferences = (db: Db): ReferenceStore => {
  const insertAll: ReferenceStore['insertAll'] = async (tx, drawn) => {
    try {
      await collectionOf(db, bookingReferencesCollection).insertMany(
        drawn.map(({ reference, id }) => ({ _id: reference, bookingId: id })),
        { ordered: true, ...sessionOf(tx) },
      );
    } catch (error) {
      if (duplicateIndexOf(error) === '_id_')
        throw new ReferenceTaken(`taken: one of ${drawn.map(({ reference }) => reference).join(', ')}`, {
          cause: error,
        });
      throw error;
    }
  };
  return {
    insert: (tx, reference, id) => insertAll(tx, [{ reference, id }]),
    insertAll,
    find: async (reference) =>
      (await collectionOf(db, bookingReferencesCollection).findOne({ _id: reference }, readIn()))
        ?.bookingId ?? null,
  };
};

/** From the system's random source: a reference must not tell which came before or after it. */
export const randomReferences: ReferenceSource = { next: () => referenceOf(randomBytes(REFERENCE_LENGTH)) };
