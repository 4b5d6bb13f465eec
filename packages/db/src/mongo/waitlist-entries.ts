import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { type EventId, idSchema } from '@eventhorizon/core/shared/ids';
import { sourcesOf } from '@eventhorizon/core/shared/state-machine';
import type { Tx } from '@eventhorizon/core/shared/unit-of-work';
import {
  ENTRY_END_REASONS,
  ENTRY_STATUSES,
  entryTransitions,
  isActive,
  type WaitlistEntry,
  wishKey,
} from '@eventhorizon/core/waitlist/entry';
import type { WaitlistEntryStore } from '@eventhorizon/core/waitlist/ports';
import type { Db, Filter, UpdateFilter } from 'mongodb';
import { z } from 'zod';
import { buyerSchema } from './booking-doc.ts';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { countEntries } from './count-entries.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

const entrySchema = z.object({
  _id: idSchema('wle'),
  place: idSchema('wle'),
  eventId: idSchema('evt'),
  organizationId: idSchema('org'),
  userId: idSchema('usr'),
  status: z.enum(ENTRY_STATUSES),
  wish: z.object({
    priceCategory: z.string().nullable(),
    areaId: idSchema('are').nullable(),
    ticketTypeId: idSchema('tty').nullable(),
  }),
  wishKey: z.string(),
  /** Absent once it is over: the index of what a person waits for covers active entries only. */
  active: z.literal(true).optional(),
  pools: z.array(z.string()).readonly(),
  quantity: z.int().positive(),
  partWelcome: z.boolean(),
  buyer: buyerSchema,
  offerId: idSchema('ofr').nullable(),
  skips: z.int(),
  withheld: z.array(z.string()).readonly().optional(),
  endReason: z.enum(ENTRY_END_REASONS).nullable(),
  removal: z.object({ by: idSchema('usr'), reason: z.string() }).optional(),
  revision: z.int(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
});
type EntryDoc = DocOf<WaitlistEntry> & { wishKey: string; active?: true };

export const waitlistEntriesCollection = defineCollection<EntryDoc>({
  name: 'waitlistEntries',
  schema: entrySchema,
  indexes: [
    {
      name: 'one_active_per_wish',
      key: { eventId: 1, userId: 1, wishKey: 1 },
      unique: true,
      partialFilterExpression: { active: true },
      why: 'a person waits for the same thing once; how many entries a person has for an event',
    },
    {
      name: 'waiting_by_pool',
      key: { eventId: 1, pools: 1, place: 1 },
      partialFilterExpression: { status: 'waiting' },
      why: 'whether anybody waits for a freed unit, who is next for it, and how many are ahead',
    },
    {
      name: 'waiting_events',
      key: { status: 1, eventId: 1, place: 1 },
      partialFilterExpression: { status: 'waiting' },
      why: 'the events that somebody waits for, for the sweep, and who waits for one of them',
    },
    { name: 'by_event', key: { eventId: 1, place: 1 }, why: 'the list of an event in its order' },
    {
      name: 'by_event_status',
      key: { eventId: 1, status: 1, place: 1 },
      why: 'those of the list that are in one state, in their order, and how many there are in each',
    },
    { name: 'by_user', key: { userId: 1, _id: -1 }, why: 'my entries, newest first' },
  ],
});

const cursorSchema = z.tuple([idSchema('wle')]);

const toEntry = (doc: EntryDoc): WaitlistEntry => {
  const { wishKey: _wishKey, active: _active, ...rest } = doc;
  return fromDoc<WaitlistEntry>(rest);
};

export const mongoWaitlistEntries = (db: Db): WaitlistEntryStore => {
  const entries = collectionOf(db, waitlistEntriesCollection);
  const move = async (tx: Tx, from: Filter<EntryDoc>, to: UpdateFilter<EntryDoc>): Promise<boolean> =>
    (await entries.updateOne(from, { ...to, $inc: { revision: 1 } }, sessionOf(tx))).modifiedCount === 1;
  const waitingFor = (eventId: EventId, pools: readonly string[] | null): Filter<EntryDoc> => ({
    eventId,
    status: 'waiting',
    ...(pools !== null && { pools: { $in: [...pools] } }),
  });
  return {
    insert: async (tx, entry) => {
      const doc: EntryDoc = {
        ...toDoc(entry),
        wishKey: wishKey(entry.wish),
        ...(isActive(entry.status) && { active: true as const }),
      };
      await entries.insertOne(doc, sessionOf(tx)).catch(async (error: unknown) => {
        const index = duplicateIndexOf(error);
        if (index === '_id_') throw new DomainError('waitlist.id_in_use', {}, { cause: error });
        if (index !== 'one_active_per_wish') throw error;
        const { eventId, userId } = entry;
        const standing = await entries.findOne(
          { eventId, userId, wishKey: doc.wishKey, active: true },
          readIn(),
        );
        throw new DomainError('waitlist.joined_already', { entryId: standing?._id ?? '' }, { cause: error });
      });
    },
    find: async (entryId, tx) => {
      const doc = await entries.findOne({ _id: entryId }, readIn(tx));
      return doc === null ? null : toEntry(doc);
    },
    listOfUser: async (userId, { cursor, limit }) => {
      const before = cursor === undefined ? null : decodeCursor(cursor, cursorSchema)[0];
      const docs = await entries
        .find({ userId, ...(before !== null && { _id: { $lt: before } }) })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(docs.map(toEntry), limit, ({ id }) => [id]);
    },
    listOfEvent: async (eventId, { cursor, limit }, status) => {
      const after = cursor === undefined ? null : decodeCursor(cursor, cursorSchema)[0];
      const docs = await entries
        .find({
          eventId,
          ...(status !== undefined && { status }),
          ...(after !== null && { place: { $gt: after } }),
        })
        .sort({ place: 1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(docs.map(toEntry), limit, ({ place }) => [place]);
    },
    countOfEvent: (eventId) => countEntries(entries, eventId),
    countActive: (tx, eventId, userId) =>
      entries.countDocuments({ eventId, userId, active: true }, sessionOf(tx)),
    countAhead: ({ place, eventId, pools }) =>
      entries.countDocuments({ ...waitingFor(eventId, pools), place: { $lt: place } }, readIn()),
    wantedPools: async (tx, eventId, pools) => {
      const wanted = new Set<string>();
      // One look each: a freed booking is of one pool or two.
      for (const pool of pools) {
        const found = await entries.findOne(
          { eventId, status: 'waiting', pools: pool },
          { projection: { _id: 1 }, ...sessionOf(tx) },
        );
        if (found !== null) wanted.add(pool);
      }
      return wanted;
    },
    listWaiting: async (eventId, pools, limit, tx) =>
      (
        await entries.find(waitingFor(eventId, pools), readIn(tx)).sort({ place: 1 }).limit(limit).toArray()
      ).map(toEntry),
    eventsWaitedFor: () => entries.distinct('eventId', { status: 'waiting' }),
    markOffered: (tx, { id, revision }, offerId) =>
      move(
        tx,
        { _id: id, revision, status: 'waiting' },
        { $set: { status: 'offered', offerId, skips: 0 }, $unset: { withheld: '' } },
      ),
    markWaiting: (tx, entryId, offerId, quantity) =>
      move(tx, { _id: entryId, offerId, status: 'offered' }, { $set: { status: 'waiting', quantity } }),
    markWaitingAgain: (tx, entryId, offerId) =>
      move(tx, { _id: entryId, offerId, status: 'offered' }, { $set: { status: 'waiting' } }),
    markAnswered: (tx, entryId, offerId, status, endedAt) =>
      move(
        tx,
        { _id: entryId, offerId, status: { $in: sourcesOf(entryTransitions, status) } },
        { $set: { status, endedAt }, $unset: { active: '' } },
      ),
    markCancelled: (tx, entryId, endReason, endedAt, from) =>
      move(
        tx,
        { _id: entryId, status: from ?? { $in: sourcesOf(entryTransitions, 'cancelled') } },
        { $set: { status: 'cancelled', endReason, endedAt }, $unset: { active: '' } },
      ),
    markRemoved: (tx, entryId, removal, endedAt) =>
      move(
        tx,
        { _id: entryId, status: { $in: sourcesOf(entryTransitions, 'cancelled') } },
        { $set: { status: 'cancelled', endReason: 'removed', removal, endedAt }, $unset: { active: '' } },
      ),
    withhold: async (tx, entryId, unitIds) => {
      await move(tx, { _id: entryId }, { $set: { withheld: [...unitIds] } });
    },
    markReduced: (tx, entryId, quantity) =>
      move(tx, { _id: entryId, status: 'waiting', quantity: { $gt: quantity } }, { $set: { quantity } }),
    countSkip: async (tx, entryIds) => {
      if (entryIds.length === 0) return;
      await entries.updateMany(
        { _id: { $in: [...entryIds] }, status: 'waiting' },
        { $inc: { skips: 1, revision: 1 } },
        sessionOf(tx),
      );
    },
  };
};
