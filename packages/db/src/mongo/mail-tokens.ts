import { MAIL_TOKEN_PURPOSES, type MailToken } from '@eventhorizon/core/identity/mail-token';
import type { MailTokenStore } from '@eventhorizon/core/identity/ports';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { sessionOf } from './transaction.ts';

const mailTokenSchema = z.object({
  /** The hash of the token. */
  _id: z.string(),
  purpose: z.enum(MAIL_TOKEN_PURPOSES),
  userId: idSchema('usr'),
  emailKey: z.string(),
  expiresAt: z.date(),
});

export const mailTokensCollection = defineCollection({
  name: 'mailTokens',
  schema: mailTokenSchema,
  indexes: [
    {
      name: 'by_user',
      key: { userId: 1, purpose: 1 },
      why: 'when one token of an account was used the others are dropped',
    },
    {
      name: 'expire_unused',
      key: { expiresAt: 1 },
      expireAfterSeconds: 0,
      why: 'tokens that nobody used are forgotten',
    },
  ],
});

export const mongoMailTokens = (db: Db): MailTokenStore => {
  const tokens = collectionOf(db, mailTokensCollection);
  const entity = (doc: z.output<typeof mailTokenSchema> | null): MailToken | null => {
    if (doc === null) return null;
    const { _id, ...rest } = doc;
    return { hash: _id, ...rest };
  };
  return {
    insert: async ({ hash, ...rest }) => {
      await tokens.insertOne({ _id: hash, ...rest });
    },
    find: async (hash, purpose, now) =>
      entity(await tokens.findOne({ _id: hash, purpose, expiresAt: { $gt: now } })),
    take: async (hash, purpose, now, tx) =>
      entity(await tokens.findOneAndDelete({ _id: hash, purpose, expiresAt: { $gt: now } }, sessionOf(tx))),
    dropAll: async (userId, purpose, tx) => {
      await tokens.deleteMany({ userId, purpose }, sessionOf(tx));
    },
  };
};
