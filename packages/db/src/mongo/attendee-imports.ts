import { randomUUID } from 'node:crypto';
import {
  type AttendeeImport,
  hasEnded,
  IMPORT_STATUSES,
  importTransitions,
  STOP_REASONS,
} from '@eventhorizon/core/attendees/attendee-import';
import { type AttendeeImportStore, ImportExists } from '@eventhorizon/core/attendees/ports';
import { settlementSchema } from '@eventhorizon/core/bookings/box-office-input';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { sourcesOf } from '@eventhorizon/core/shared/state-machine';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

/** `lease`: whose the import is until when; absent: nobody works at it. It is of no interest to who reads an import. */
type ImportDoc = DocOf<AttendeeImport> & {
  lease?: { token: string; until: Date } | undefined;
};

const importSchema = z.object({
  _id: idSchema('imp'),
  organizationId: idSchema('org'),
  eventId: idSchema('evt'),
  requestId: z.string(),
  status: z.enum(IMPORT_STATUSES),
  settlement: settlementSchema,
  limitOverride: z.string().nullable(),
  mail: z.boolean(),
  startedBy: idSchema('usr'),
  soldBy: idSchema('usr'),
  stopReason: z.enum(STOP_REASONS).nullable(),
  rows: z.int(),
  createdAt: z.date(),
  endedAt: z.date().nullable(),
  mailing: z
    .object({
      askedAt: z.date(),
      askedBy: idSchema('usr'),
      seen: z.int(),
      letters: z.int(),
      endedAt: z.date().nullable(),
    })
    .optional(),
  lease: z.object({ token: z.string(), until: z.date() }).optional(),
});

export const attendeeImportsCollection = defineCollection<ImportDoc>({
  name: 'attendeeImports',
  schema: importSchema,
  indexes: [
    {
      name: 'request_once',
      key: { eventId: 1, requestId: 1 },
      unique: true,
      why: 'an upload whose answer was lost is one import, however often it is sent',
    },
    {
      name: 'by_event',
      key: { organizationId: 1, eventId: 1, _id: -1 },
      why: 'the imports of an event, newest first',
    },
  ],
});

const ENDED = IMPORT_STATUSES.filter((status) => hasEnded({ status }));

const cursorSchema = z.tuple([idSchema('imp')]);

export const mongoAttendeeImports = (db: Db): AttendeeImportStore => {
  const imports = collectionOf(db, attendeeImportsCollection);
  // Imports from before these fields are sold by who started them.
  const shown = ({ lease: _unused, ...doc }: ImportDoc): AttendeeImport => ({
    ...fromDoc<AttendeeImport>(doc),
    soldBy: doc.soldBy ?? doc.startedBy,
    stopReason: doc.stopReason ?? null,
  });
  const entity = (doc: ImportDoc | null) => (doc === null ? null : shown(doc));
  return {
    insert: async (tx, attendeeImport) => {
      try {
        await imports.insertOne(toDoc(attendeeImport), sessionOf(tx));
      } catch (error) {
        if (duplicateIndexOf(error) === 'request_once')
          throw new ImportExists(`the upload ${attendeeImport.requestId} is an import`, { cause: error });
        throw error;
      }
    },
    find: async (importId) => entity(await imports.findOne({ _id: importId }, readIn())),
    findByRequest: async (eventId, requestId) =>
      entity(await imports.findOne({ eventId, requestId }, readIn())),
    listOfEvent: async (organizationId, eventId, { cursor, limit }) => {
      const before = cursor === undefined ? null : decodeCursor(cursor, cursorSchema)[0];
      const docs = await imports
        .find({ organizationId, eventId, ...(before === null ? {} : { _id: { $lt: before } }) })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(docs.map(shown), limit, ({ id }) => [id]);
    },
    takeLease: async (importId, at, until) => {
      const token = randomUUID();
      const { modifiedCount } = await imports.updateOne(
        {
          _id: importId,
          status: 'running',
          $or: [{ lease: { $exists: false } }, { 'lease.until': { $lte: at } }],
        },
        { $set: { lease: { token, until } } },
      );
      return modifiedCount === 1 ? { importId, token } : null;
    },
    renewLease: async ({ importId, token }, until) =>
      (
        await imports.updateOne(
          { _id: importId, status: 'running', 'lease.token': token },
          { $set: { 'lease.until': until } },
        )
      ).matchedCount === 1,
    releaseLease: async ({ importId, token }) => {
      await imports.updateOne({ _id: importId, 'lease.token': token }, { $unset: { lease: '' } });
    },
    markFinished: async (importId, at) =>
      (
        await imports.updateOne(
          { _id: importId, status: { $in: sourcesOf(importTransitions, 'finished') } },
          { $set: { status: 'finished', endedAt: at } },
        )
      ).modifiedCount === 1,
    markStopped: async (importId, soldBy, reason) =>
      (
        await imports.updateOne(
          {
            _id: importId,
            $or: [{ soldBy }, { soldBy: { $exists: false }, startedBy: soldBy }],
            status: { $in: sourcesOf(importTransitions, 'stopped') },
          },
          { $set: { status: 'stopped', stopReason: reason } },
        )
      ).modifiedCount === 1,
    markResumed: async (tx, importId, soldBy) =>
      (
        await imports.updateOne(
          { _id: importId, status: { $in: sourcesOf(importTransitions, 'running') } },
          { $set: { status: 'running', stopReason: null, soldBy } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markCancelled: async (tx, importId, at) =>
      (
        await imports.updateOne(
          { _id: importId, status: { $in: sourcesOf(importTransitions, 'cancelled') } },
          { $set: { status: 'cancelled', stopReason: null, endedAt: at } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markMailing: async (tx, importId, asked) =>
      (
        await imports.updateOne(
          { _id: importId, mailing: { $exists: false } },
          { $set: { mailing: { ...asked, seen: 0, letters: 0, endedAt: null } } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    noteMailed: async (tx, importId, seen, more) =>
      (
        await imports.updateOne(
          { _id: importId, 'mailing.seen': seen, 'mailing.endedAt': null },
          { $inc: { 'mailing.seen': more.seen, 'mailing.letters': more.letters } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markMailed: async (importId, at) =>
      (
        await imports.updateOne(
          {
            _id: importId,
            status: { $in: ENDED },
            'mailing.endedAt': null,
            mailing: { $exists: true },
          },
          { $set: { 'mailing.endedAt': at } },
        )
      ).modifiedCount === 1,
  };
};
