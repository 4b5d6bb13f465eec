import type { AddressTurns } from '@eventhorizon/core/identity/ports';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { hashedPersonKeys } from './person-keys.ts';
import { retryTransaction } from './retry-transaction.ts';
import { sessionOf } from './transaction.ts';

const addressTurnSchema = z.object({
  /** The address, by its hash. */
  _id: z.string(),
  turns: z.int(),
  at: z.date(),
});

export const addressTurnsCollection = defineCollection({
  name: 'addressTurns',
  schema: addressTurnSchema,
  indexes: [
    {
      name: 'expire_old',
      key: { at: 1 },
      expireAfterSeconds: 24 * 3_600,
      why: 'those meet here who come at once; a transaction lasts seconds',
    },
  ],
});

export const mongoAddressTurns = (db: Db): AddressTurns => {
  const turns = collectionOf(db, addressTurnsCollection);
  return {
    take: async (tx, emailKeys) => {
      // In one order, so that two lists with the same addresses do not wait for one another.
      const addresses = [...new Set(emailKeys)].map(hashedPersonKeys.ofEmail).sort();
      if (addresses.length === 0) return;
      await turns
        .bulkWrite(
          addresses.map((address) => ({
            updateOne: {
              filter: { _id: address },
              update: { $inc: { turns: 1 }, $set: { at: new Date() } },
              upsert: true,
            },
          })),
          { ordered: true, ...sessionOf(tx) },
        )
        .catch((error: unknown) => {
          throw duplicateIndexOf(error) === '_id_'
            ? retryTransaction('somebody else took the first turn of this address', error)
            : error;
        });
    },
  };
};
