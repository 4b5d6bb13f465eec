import { ADMIN_ACTS, type AdminAct } from '@eventhorizon/core/identity/admins/admin-act';
import type { AdminActStore } from '@eventhorizon/core/identity/admins/ports';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { retryTransaction } from './retry-transaction.ts';
import { sessionOf } from './transaction.ts';

const namedSchema = z.object({ userId: idSchema('usr'), username: z.string() });

const actSchema = z.object({
  /** The number of the act. */
  _id: z.int(),
  kind: z.enum(ADMIN_ACTS),
  by: namedSchema.nullable(),
  account: namedSchema,
  reason: z.string().nullable(),
  at: z.date(),
});

/** No index but that of the number: it makes acts happen one after the other, and pages go by it. */
export const adminActsCollection = defineCollection({ name: 'adminActs', schema: actSchema, indexes: [] });

const actOf = ({ _id, ...rest }: z.output<typeof actSchema>): AdminAct => ({ number: _id, ...rest });
const cursorSchema = z.tuple([z.int()]);

export const mongoAdminActs = (db: Db): AdminActStore => {
  const acts = collectionOf(db, adminActsCollection);
  return {
    record: async (tx, act) => {
      const session = sessionOf(tx);
      const last = await acts.findOne({}, { ...session, sort: { _id: -1 }, projection: { _id: 1 } });
      await acts.insertOne({ _id: (last?._id ?? 0) + 1, ...act }, session).catch((error: unknown) => {
        throw duplicateIndexOf(error) === '_id_'
          ? retryTransaction('another act was recorded meanwhile', error)
          : error;
      });
    },
    list: async ({ cursor, limit }) => {
      const before = cursor === undefined ? {} : { _id: { $lt: decodeCursor(cursor, cursorSchema)[0] } };
      const docs = await acts
        .find(before)
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(docs.map(actOf), limit, ({ number }) => [number]);
    },
  };
};
