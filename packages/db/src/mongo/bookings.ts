import { bookingTransitions } from '@eventhorizon/core/bookings/booking';
import { BookingExists, type BookingStore } from '@eventhorizon/core/bookings/ports';
import { emailSearchKey, searchKeysOf } from '@eventhorizon/core/bookings/search-keys';
import type { EventTime } from '@eventhorizon/core/events/event';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { sourcesOf } from '@eventhorizon/core/shared/state-machine';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { type BookingDoc, bookingOf, bookingSchema, docOf } from './booking-doc.ts';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { findOfImport, findSold, ofImport } from './sold-bookings.ts';
import { sessionOf } from './transaction.ts';

export const bookingsCollection = defineCollection<BookingDoc>({
  name: 'bookings',
  schema: bookingSchema,
  indexes: [
    {
      name: 'hold_once',
      key: { eventId: 1, holdId: 1 },
      unique: true,
      why: 'one hold makes one booking, however often it is checked out; also all bookings of an event',
    },
    {
      name: 'turn_once',
      key: { eventId: 1, turn: 1 },
      unique: true,
      partialFilterExpression: { turn: { $exists: true } },
      why: 'a pass of a waiting room buys once, however Redis stands; also the turns that were bought in, to restore Redis',
    },
    {
      name: 'by_event_status',
      key: { eventId: 1, status: 1, _id: 1 },
      why: 'the bookings of an event, of some states or of all, page by page: for a change of the event, and for its organizer',
    },
    {
      name: 'by_key',
      key: { eventId: 1, keys: 1, _id: -1 },
      why: 'those of an event whose buyer has this name or address, newest first',
    },
    {
      name: 'by_import',
      key: { 'sale.from.importId': 1, 'sale.from.line': 1 },
      partialFilterExpression: { 'sale.from.importId': { $exists: true } },
      why: 'what a list of attendees was sold, in its order; other bookings do not pay for it',
    },
    { name: 'by_user', key: { userId: 1, _id: -1 }, why: 'my bookings, newest first' },
    {
      name: 'by_user_status',
      key: { userId: 1, status: 1, _id: -1 },
      why: 'my bookings of one status, newest first',
    },
    {
      name: 'adoptable',
      key: { 'sale.adoptableBy': 1, _id: 1 },
      // Strings only; the planner sees that a string is one of them by this, and not by `$type`.
      partialFilterExpression: { 'sale.adoptableBy': { $gt: '' } },
      why: 'what was sold to an address and waits for an account that proves it',
    },
  ],
  backfills: [
    {
      field: 'keys',
      from: 'buyer',
      why: 'bookings from before there were keys are not found by name or address',
      derive: ({ buyer }) => searchKeysOf(buyer),
    },
  ],
});

const cursorSchema = z.tuple([idSchema('bkg')]);

/** The keys without the address. */
const wordsAmong = { $filter: { input: '$keys', cond: { $eq: [{ $indexOfCP: ['$$this', '@'] }, -1] } } };

/** Without keys it is a booking of an older version: it stays one that lacks them, so that migrating gives it all of them. */
const keysWith = (email: string) => ({
  $cond: [
    { $isArray: '$keys' },
    { $concatArrays: [wordsAmong, { $literal: [emailSearchKey(email)] }] },
    '$$REMOVE',
  ],
});

const timeOf = ({ local, zone, at }: EventTime) => ({ local, zone, at });

export const mongoBookings = (db: Db): BookingStore => {
  const bookings = collectionOf(db, bookingsCollection);
  const ofUser = (userId: string, status: string | null) =>
    ({ userId, ...(status === null ? {} : { status }) }) as Partial<BookingDoc>;
  const insertAll: BookingStore['insertAll'] = async (tx, made) => {
    try {
      await bookings.insertMany(made.map(docOf), { ordered: true, ...sessionOf(tx) });
    } catch (error) {
      const refusedBy = duplicateIndexOf(error);
      if (refusedBy === 'hold_once') throw new BookingExists('a hold is booked already', { cause: error });
      if (refusedBy === 'turn_once') throw new DomainError('room.pass_used', {}, { cause: error });
      throw error;
    }
  };
  return {
    insert: (tx, booking) => insertAll(tx, [booking]),
    insertAll,
    find: async (bookingId, tx) => {
      const doc = await bookings.findOne({ _id: bookingId }, readIn(tx));
      return doc === null ? null : bookingOf(doc);
    },
    findByHold: async (eventId, holdId) => {
      const doc = await bookings.findOne({ eventId, holdId }, readIn());
      return doc === null ? null : bookingOf(doc);
    },
    findMany: async (bookingIds, tx) =>
      (await bookings.find({ _id: { $in: [...bookingIds] } }, readIn(tx)).toArray()).map(bookingOf),
    markClosing: async (tx, bookingId, reason) =>
      (
        await bookings.updateOne(
          { _id: bookingId, status: { $in: sourcesOf(bookingTransitions, 'closing') } },
          { $set: { status: 'closing', closeReason: reason }, $inc: { revision: 1 } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markEnded: async (tx, bookingId, to, at) =>
      (
        await bookings.updateOne(
          { _id: bookingId, status: 'closing' },
          { $set: { status: to, endedAt: at }, $inc: { revision: 1 } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markConfirmed: async (tx, bookingIds, at) =>
      (
        await bookings.updateMany(
          { _id: { $in: [...bookingIds] }, status: { $in: ['pending', 'closing'] } },
          { $set: { status: 'confirmed', confirmedAt: at, closeReason: null }, $inc: { revision: 1 } },
          sessionOf(tx),
        )
      ).modifiedCount,
    markRebooked: async (tx, bookingId, { lines, startsAt }, outcome, at) =>
      (
        await bookings.updateOne(
          { _id: bookingId, status: 'expired' },
          {
            $set: {
              status: 'confirmed',
              confirmedAt: at,
              lines: [...lines],
              'event.startsAt': timeOf(startsAt),
              lateMoney: outcome,
              endedAt: null,
              closeReason: null,
            },
            $inc: { revision: 1 },
          },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markTicketsCancelled: async (tx, { id, revision }, lines, cancellation, ended) =>
      (
        await bookings.updateOne(
          { _id: id, status: 'confirmed', revision },
          {
            $set: {
              lines: [...lines],
              ...(ended !== null && { status: 'cancelled', closeReason: ended.reason, endedAt: ended.at }),
            },
            $push: { cancellations: cancellation },
            $inc: { revision: 1 },
          },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    noteLateRefund: async (tx, bookingId) => {
      await bookings.updateOne(
        { _id: bookingId },
        { $set: { lateMoney: 'refunded' }, $inc: { revision: 1 } },
        sessionOf(tx),
      );
    },
    correctEmail: async (tx, bookingId, email) => {
      await bookings.updateOne(
        { _id: bookingId },
        [
          {
            $set: {
              'buyer.email': { $literal: email },
              keys: keysWith(email),
              revision: { $add: ['$revision', 1] },
            },
          },
        ],
        sessionOf(tx),
      );
    },
    makeAdoptable: async (tx, bookingId, address) => {
      await bookings.updateOne(
        { _id: bookingId, userId: null },
        { $set: { 'sale.adoptableBy': address } },
        sessionOf(tx),
      );
    },
    listAdoptable: async (address, limit) => {
      const docs = bookings
        .find({ 'sale.adoptableBy': address }, { projection: { _id: 1 }, ...readIn() })
        .sort({ _id: 1 })
        .limit(limit);
      return (await docs.toArray()).map(({ _id }) => _id);
    },
    markAdopted: async (tx, bookingId, address, userId) =>
      (
        await bookings.updateOne(
          { _id: bookingId, userId: null, 'sale.adoptableBy': address },
          { $set: { userId }, $unset: { 'sale.adoptableBy': '' }, $inc: { revision: 1 } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markTicketsMoved: async (tx, bookingId) =>
      (
        await bookings.updateOne(
          { _id: bookingId, status: 'confirmed' },
          { $inc: { revision: 1 } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    movePayBy: async (tx, bookingId, payBy) =>
      (
        await bookings.updateOne(
          { _id: bookingId, status: 'pending' },
          { $set: { payBy }, $inc: { revision: 1 } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    listOfUser: async (userId, { status }, { cursor, limit }) => {
      const before = cursor === undefined ? null : decodeCursor(cursor, cursorSchema)[0];
      const docs = await bookings
        .find({ ...ofUser(userId, status), ...(before === null ? {} : { _id: { $lt: before } }) })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(docs.map(bookingOf), limit, ({ id }) => [id]);
    },
    countOfUser: (userId, { status }) => bookings.countDocuments(ofUser(userId, status)),
    listOfEvent: async (eventId, after, limit) => {
      const docs = bookings
        .find(
          {
            eventId,
            status: { $in: ['pending', 'closing', 'confirmed'] },
            ...(after !== null && { _id: { $gt: after } }),
          },
          { projection: { _id: 1 }, ...readIn() },
        )
        .sort({ _id: 1 })
        .limit(limit);
      return (await docs.toArray()).map(({ _id: id }) => ({ id }));
    },
    markChanged: async (tx, bookingId, changeId, startsAt) =>
      (
        await bookings.updateOne(
          { _id: bookingId, changeId: { $ne: changeId } },
          {
            $set: {
              changeId,
              ...(startsAt !== null && {
                'event.startsAt': timeOf(startsAt),
              }),
            },
            $inc: { revision: 1 },
          },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    listSold: async (eventId, filter, page) => {
      const { items, nextCursor } = await findSold(bookings, eventId, filter, page);
      return { items: items.map(bookingOf), nextCursor };
    },
    listOfImport: async (importId, skip, limit) =>
      (await findOfImport(bookings, importId).skip(skip).limit(limit).toArray()).map(bookingOf),
    countOfImport: (importId) => bookings.countDocuments(ofImport(importId), readIn()),
    streamOfEvent: async function* (eventId) {
      for await (const doc of bookings.find({ eventId }, readIn())) yield bookingOf(doc);
    },
  };
};
