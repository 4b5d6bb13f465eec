import {
  CHANGE_KINDS,
  type ChangeCounts,
  type EventChange,
} from '@eventhorizon/core/events/changes/event-change';
import type { EventChangeStore } from '@eventhorizon/core/events/changes/ports';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

type ChangeDoc = DocOf<EventChange>;

const timeSchema = z.object({ local: z.string(), zone: z.string(), at: z.date() });

const changeSchema = z.object({
  _id: idSchema('chg'),
  eventId: idSchema('evt'),
  organizationId: idSchema('org'),
  kind: z.enum(CHANGE_KINDS),
  by: idSchema('usr'),
  reason: z.string().nullable(),
  from: timeSchema,
  to: timeSchema.nullable(),
  fullRefundUntil: z.date().nullable(),
  revision: z.int(),
  startedAt: z.date(),
  finishedAt: z.date().nullable(),
  place: z.object({
    round: z.int(),
    after: idSchema('bkg').nullable(),
    touched: z.int(),
    idleRounds: z.int(),
    restUntil: z.date().nullable(),
  }),
  counts: z.object({
    found: z.int(),
    ended: z.int(),
    refunded: z.int(),
    notified: z.int(),
    failed: z.int(),
  }),
});

export const eventChangesCollection = defineCollection<ChangeDoc>({
  name: 'eventChanges',
  schema: changeSchema,
  indexes: [
    {
      name: 'revision_once',
      key: { eventId: 1, revision: -1 },
      unique: true,
      why: 'the last change of an event; each revision is one change at most',
    },
  ],
});

export const mongoEventChanges = (db: Db): EventChangeStore => {
  const changes = collectionOf(db, eventChangesCollection);
  const entity = (doc: ChangeDoc | null) => (doc === null ? null : fromDoc<EventChange>(doc));
  /** Whoever has looked at the same place, and nobody after. */
  const asSeen = ({ id, place: { round, after } }: EventChange) => ({
    _id: id,
    finishedAt: null,
    'place.round': round,
    'place.after': after,
  });
  return {
    insert: async (tx, change) => {
      await changes.insertOne(toDoc(change), sessionOf(tx));
    },
    find: async (id) => entity(await changes.findOne({ _id: id }, readIn())),
    findLatest: async (eventId) =>
      entity(await changes.findOne({ eventId }, { sort: { revision: -1 }, ...readIn() })),
    noteTouched: async (tx, id, more) => {
      await changes.updateOne({ _id: id }, { $inc: { 'place.touched': 1, ...counted(more) } }, sessionOf(tx));
    },
    noteFailed: async (tx, id) => {
      await changes.updateOne({ _id: id }, { $inc: counted({ failed: 1 }) }, sessionOf(tx));
    },
    moveOn: async (from, after) =>
      (await changes.updateOne(asSeen(from), { $set: { 'place.after': after } })).modifiedCount === 1,
    nextRound: async (from, { idleRounds, restUntil }) =>
      (
        await changes.updateOne(asSeen(from), {
          $set: {
            place: { round: from.place.round + 1, after: null, touched: 0, idleRounds, restUntil },
            'counts.failed': 0,
          },
        })
      ).modifiedCount === 1,
    markFinished: async (from, at) =>
      (await changes.updateOne(asSeen(from), { $set: { finishedAt: at } })).modifiedCount === 1,
  };
};

const counted = (more: Partial<ChangeCounts>): Record<string, number> =>
  Object.fromEntries(Object.entries(more).map(([name, by]) => [`counts.${name}`, by]));
