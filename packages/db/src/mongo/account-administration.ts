import type { AccountAdministration } from '@eventhorizon/core/identity/admins/ports';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { idSchema, type UserId } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf } from './collection.ts';
import { sessionOf } from './transaction.ts';
import { userOf, usersCollection } from './users.ts';

const adminCursorSchema = z.tuple([idSchema('usr')]);
/** Milliseconds of the suspension, and the account. */
const suspendedCursorSchema = z.tuple([z.int(), idSchema('usr')]);

/** Before any suspension. Named in queries, so that the partial index serves them. */
const EVER = new Date(0);

/** What admins do with documents of `users`. */
export const mongoAccountAdministration = (db: Db): AccountAdministration => {
  const users = collectionOf(db, usersCollection);
  return {
    find: async (tx, id) => {
      const doc = await users.findOne({ _id: id }, sessionOf(tx));
      return doc === null ? null : userOf(doc);
    },
    countAdmins: (tx) => users.countDocuments({ isAdmin: true }, sessionOf(tx)),
    grantAdmin: async (tx, id, at) =>
      (
        await users.updateOne(
          { _id: id, isAdmin: false, emailVerifiedAt: { $ne: null }, suspension: null },
          { $set: { isAdmin: true, updatedAt: at } },
          sessionOf(tx),
        )
      ).matchedCount === 1,
    revokeAdmin: async (tx, id, at) =>
      (
        await users.updateOne(
          { _id: id, isAdmin: true },
          { $set: { isAdmin: false, updatedAt: at } },
          sessionOf(tx),
        )
      ).matchedCount === 1,
    suspend: async (tx, id, suspension) =>
      (
        await users.updateOne(
          { _id: id, isAdmin: false, suspension: null },
          { $set: { suspension, updatedAt: suspension.at } },
          sessionOf(tx),
        )
      ).matchedCount === 1,
    reinstate: async (tx, id, at) =>
      (
        await users.updateOne(
          { _id: id, 'suspension.at': { $gt: EVER } },
          { $set: { suspension: null, updatedAt: at } },
          sessionOf(tx),
        )
      ).matchedCount === 1,
    listAdmins: async ({ cursor, limit }) => {
      const after = cursor === undefined ? {} : { _id: { $gt: decodeCursor(cursor, adminCursorSchema)[0] } };
      const docs = await users
        .find({ isAdmin: true, ...after })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(docs.map(userOf), limit, ({ id }) => [id]);
    },
    listSuspended: async ({ cursor, limit }) => {
      const docs = await users
        .find({ 'suspension.at': { $gt: EVER }, ...(cursor === undefined ? {} : suspendedBefore(cursor)) })
        .sort({ 'suspension.at': -1, _id: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(docs.map(userOf), limit, ({ id, suspension }) => [suspension?.at.getTime() ?? 0, id]);
    },
    listSuspendedSince: async (since) =>
      (
        await users
          .find({ 'suspension.at': { $gte: since } })
          .project<{ _id: UserId }>({ _id: 1 })
          .toArray()
      ).map(({ _id }) => _id),
  };
};

const suspendedBefore = (cursor: string) => {
  const [ms, id] = decodeCursor(cursor, suspendedCursorSchema);
  const at = new Date(ms);
  return { $or: [{ 'suspension.at': { $lt: at } }, { 'suspension.at': at, _id: { $lt: id } }] };
};
