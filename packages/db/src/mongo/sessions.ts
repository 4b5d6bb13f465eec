import type { SessionStore } from '@eventhorizon/core/identity/ports';
import { MAX_LISTED_SESSIONS, SESSION_END_REASONS, type Session } from '@eventhorizon/core/identity/session';
import { idSchema, type SessionId } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { sessionOf } from './transaction.ts';

const sessionSchema = z.object({
  _id: idSchema('ses'),
  userId: idSchema('usr'),
  salt: z.string(),
  generation: z.int(),
  rotations: z.array(z.object({ generation: z.int(), at: z.date() })).readonly(),
  userAgent: z.string().nullable(),
  network: z.string().nullable(),
  createdAt: z.date(),
  lastUsedAt: z.date(),
  expiresAt: z.date(),
  endedAt: z.date().nullable(),
  endReason: z.enum(SESSION_END_REASONS).nullable(),
});

export const sessionsCollection = defineCollection({
  name: 'sessions',
  schema: sessionSchema,
  indexes: [
    {
      name: 'by_end',
      key: { endedAt: 1 },
      why: 'every process asks which sessions ended a moment ago',
    },
    {
      name: 'by_user',
      key: { userId: 1, createdAt: 1 },
      why: 'the sessions of an account: to show them, to end them all, and where they were begun',
    },
    {
      name: 'expire_unused',
      key: { expiresAt: 1 },
      expireAfterSeconds: 0,
      why: 'a session is forgotten when its newest refresh token has expired; ended ones are kept until then',
    },
  ],
});

/** Sessions from before these fields lack them. */
const entity = (doc: z.output<typeof sessionSchema>): Session => ({
  ...{ userAgent: null, network: null, lastUsedAt: doc.createdAt },
  ...fromDoc<Session>(doc),
});

export const mongoSessions = (db: Db): SessionStore => {
  const sessions = collectionOf(db, sessionsCollection);
  return {
    insert: async (session) => {
      await sessions.insertOne(toDoc(session));
    },
    find: async (id) => {
      const doc = await sessions.findOne({ _id: id });
      return doc === null ? null : entity(doc);
    },
    saveRotation: async ({ id, generation, rotations, lastUsedAt, expiresAt }) => {
      const saved = await sessions.updateOne(
        { _id: id, generation: generation - 1, endedAt: null },
        { $set: { generation, rotations, lastUsedAt, expiresAt } },
      );
      return saved.matchedCount === 1;
    },
    end: async (id, reason, at) => {
      await sessions.updateOne({ _id: id, endedAt: null }, { $set: { endedAt: at, endReason: reason } });
    },
    listOpen: async (userId, now) =>
      (
        await sessions
          .find({ userId, endedAt: null, expiresAt: { $gt: now } })
          .sort({ lastUsedAt: -1 })
          .limit(MAX_LISTED_SESSIONS)
          .toArray()
      ).map(entity),
    listEndedSince: async (since) =>
      (
        await sessions
          .find({ endedAt: { $gte: since } })
          .project<{ _id: SessionId }>({ _id: 1 })
          .toArray()
      ).map(({ _id }) => _id),
    endAll: async (userId, reason, at, { except, tx } = {}) => {
      const open = await sessions
        .find({ userId, endedAt: null }, sessionOf(tx))
        .project<{ _id: SessionId }>({ _id: 1 })
        .toArray();
      const ids = open.map(({ _id }) => _id).filter((id) => id !== except);
      await sessions.updateMany(
        { _id: { $in: ids }, endedAt: null },
        { $set: { endedAt: at, endReason: reason } },
        sessionOf(tx),
      );
      return ids;
    },
    hasBegunFrom: async (userId, network) =>
      (await sessions.findOne({ userId, network }, { projection: { _id: 1 } })) !== null,
  };
};
