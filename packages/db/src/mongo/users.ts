import type { UserStore } from '@eventhorizon/core/identity/ports';
import { GENDERS, type Profile, type User } from '@eventhorizon/core/identity/user';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { sessionOf } from './transaction.ts';

const profileSchema = z.object({
  name: z.string().nullable(),
  phone: z.string().nullable(),
  locale: z.string(),
  birthYear: z.int().nullable(),
  city: z.string().nullable(),
  gender: z.enum(GENDERS).nullable(),
});

const userSchema = z.object({
  _id: idSchema('usr'),
  username: z.string(),
  usernameKey: z.string(),
  email: z.string(),
  emailKey: z.string(),
  emailVerifiedAt: z.date().nullable(),
  pendingEmail: z.object({ email: z.string(), emailKey: z.string() }).nullable(),
  passwordHash: z.string(),
  passwordChangedAt: z.date().nullable(),
  isAdmin: z.boolean(),
  suspension: z.object({ at: z.date(), by: idSchema('usr'), reason: z.string() }).nullable(),
  profile: profileSchema,
  createdAt: z.date(),
  updatedAt: z.date(),
});

export const usersCollection = defineCollection({
  name: 'users',
  schema: userSchema,
  indexes: [
    {
      name: 'one_per_email',
      key: { emailKey: 1 },
      unique: true,
      why: 'an e-mail address has one account; log-in by e-mail',
    },
    {
      name: 'one_per_username',
      key: { usernameKey: 1 },
      unique: true,
      why: 'a user name has one account; log-in by name',
    },
    {
      name: 'admins',
      key: { isAdmin: 1, _id: 1 },
      partialFilterExpression: { isAdmin: true },
      why: 'the admins, oldest account first; how many there are',
    },
    {
      name: 'suspended',
      key: { 'suspension.at': -1, _id: -1 },
      partialFilterExpression: { 'suspension.at': { $exists: true } },
      why: 'suspended accounts, the last one first; every process asks who was suspended a moment ago',
    },
  ],
});

/** Fields that accounts from before them lack. */
const ADDED_LATER = {
  emailVerifiedAt: null,
  passwordChangedAt: null,
  suspension: null,
  pendingEmail: null,
};

export const userOf = (doc: z.output<typeof userSchema>): User => ({ ...ADDED_LATER, ...fromDoc<User>(doc) });

const taken = {
  one_per_email: 'account.email_taken',
  one_per_username: 'account.username_taken',
} as const;

const refusalOf = (error: unknown): unknown => {
  const index = duplicateIndexOf(error);
  return index !== null && index in taken
    ? new DomainError(taken[index as keyof typeof taken], {}, { cause: error })
    : error;
};

export const mongoUsers = (db: Db): UserStore => {
  const users = collectionOf(db, usersCollection);
  const entity = (doc: z.output<typeof userSchema> | null): User | null =>
    doc === null ? null : userOf(doc);
  return {
    insert: async (user, tx) => {
      await users.insertOne(toDoc(user), sessionOf(tx)).catch((error: unknown) => {
        throw refusalOf(error);
      });
    },
    find: async (id, tx) => entity(await users.findOne({ _id: id }, sessionOf(tx))),
    findMany: async (ids) => (await users.find({ _id: { $in: [...ids] } }).toArray()).map(userOf),
    findByUsernameKey: async (usernameKey) => entity(await users.findOne({ usernameKey })),
    findByEmailKey: async (emailKey) => entity(await users.findOne({ emailKey })),
    findByEmailKeys: async (emailKeys, tx) =>
      (await users.find({ emailKey: { $in: [...emailKeys] } }, sessionOf(tx)).toArray()).map(userOf),
    changeProfile: async (id, changes, at) =>
      entity(
        await users.findOneAndUpdate(
          { _id: id },
          { $set: { ...profileFields(changes), updatedAt: at } },
          { returnDocument: 'after' },
        ),
      ),
    replaceHash: async (id, from, to) => {
      await users.updateOne({ _id: id, passwordHash: from }, { $set: { passwordHash: to } });
    },
    markEmailVerified: async (id, emailKey, at, tx) => {
      const marked = await users.updateOne(
        { _id: id, emailKey },
        [{ $set: { emailVerifiedAt: { $ifNull: ['$emailVerifiedAt', at] } } }],
        sessionOf(tx),
      );
      return marked.matchedCount === 1;
    },
    markEmailWanted: async (tx, id, proved, pendingEmail) => {
      const marked = await users.updateOne(
        { _id: id, passwordHash: proved, suspension: null },
        { $set: { pendingEmail } },
        sessionOf(tx),
      );
      return marked.matchedCount === 1;
    },
    dropEmailWanted: async (tx, id) => {
      await users.updateOne({ _id: id }, { $set: { pendingEmail: null } }, sessionOf(tx));
    },
    changeEmail: async (tx, id, emailKey, at) => {
      const before = await users
        .findOneAndUpdate(
          { _id: id, 'pendingEmail.emailKey': emailKey, suspension: null },
          // One stage: each expression reads the document as it was before.
          [
            {
              $set: {
                email: '$pendingEmail.email',
                emailKey: '$pendingEmail.emailKey',
                emailVerifiedAt: at,
                pendingEmail: null,
                updatedAt: at,
              },
            },
          ],
          { returnDocument: 'before', ...sessionOf(tx) },
        )
        .catch((error: unknown) => {
          throw refusalOf(error);
        });
      return entity(before);
    },
    changePassword: async (id, from, to, at, tx) => {
      const changed = await users.updateOne(
        { _id: id, passwordHash: from },
        { $set: { passwordHash: to, passwordChangedAt: at, updatedAt: at } },
        sessionOf(tx),
      );
      return changed.matchedCount === 1;
    },
  };
};

/** One path a field, so that parallel changes of different fields both stay. */
const profileFields = (changes: Partial<Profile>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(changes)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [`profile.${field}`, value]),
  );
