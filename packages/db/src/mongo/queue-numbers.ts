import { idSchema } from '@eventhorizon/core/shared/ids';
import type { NumberBlocks } from '@eventhorizon/core/waiting-room/ports';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';

const queueNumbersSchema = z.object({
  /** The event whose waiting room it is. */
  _id: idSchema('evt'),
  /** Numbers below this may have been given. Only rises. */
  reserved: z.int().min(0),
});

export const queueNumbersCollection = defineCollection({
  name: 'queueNumbers',
  schema: queueNumbersSchema,
  indexes: [],
});

/** Budget: one write for as many numbers as a block has. Redis gives none that is not reserved here, so it may forget how far it was. */
export const mongoNumberBlocks = (db: Db): NumberBlocks => {
  const numbers = collectionOf(db, queueNumbersCollection);
  const reserve: NumberBlocks['reserve'] = async (eventId, atLeast, size) => {
    const next = { $add: [{ $max: [{ $ifNull: ['$reserved', 0] }, atLeast] }, size] };
    try {
      const after = await numbers.findOneAndUpdate({ _id: eventId }, [{ $set: { reserved: next } }], {
        upsert: true,
        returnDocument: 'after',
        writeConcern: { w: 'majority' },
      });
      if (after === null) throw new TypeError('an upsert gave no document');
      return { from: after.reserved - size, to: after.reserved };
    } catch (error) {
      // Two were the first at once: the other's document is there now.
      if (duplicateIndexOf(error) === '_id_') return reserve(eventId, atLeast, size);
      throw error;
    }
  };
  return {
    reserve,
    end: async (eventId) => (await numbers.findOne({ _id: eventId }, readIn()))?.reserved ?? 0,
  };
};
