import {
  type AttendeeRow,
  MAX_ATTENDEES,
  ROW_STATUSES,
  type RowStatus,
  rowTransitions,
} from '@eventhorizon/core/attendees/attendee-import';
import type { AttendeeRowStore } from '@eventhorizon/core/attendees/ports';
import { selectionSchema } from '@eventhorizon/core/holds/place-hold-input';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { sourcesOf } from '@eventhorizon/core/shared/state-machine';
import type { Db, WithId } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

/** The report of an import can be had for so long; then the names and addresses in its lines are forgotten. */
const KEEP_ROWS_S = 90 * 24 * 3_600;

const rowSchema = z.object({
  importId: idSchema('imp'),
  line: z.int(),
  name: z.string(),
  email: z.string().nullable(),
  ticketTypeId: idSchema('tty'),
  selection: selectionSchema,
  note: z.string().nullable(),
  holdId: idSchema('hld'),
  price: z.int(),
  status: z.enum(ROW_STATUSES),
  reason: z.string().nullable(),
  bookingId: idSchema('bkg').nullable(),
  reference: z.string().nullable(),
  createdAt: z.date(),
});
type RowDoc = z.output<typeof rowSchema>;

export const attendeeRowsCollection = defineCollection<RowDoc>({
  name: 'attendeeRows',
  schema: rowSchema,
  indexes: [
    {
      name: 'line_once',
      key: { importId: 1, line: 1 },
      unique: true,
      why: 'a line of an import is one attendee; also the report, in the order of the file',
    },
    {
      name: 'by_status',
      key: { importId: 1, status: 1, line: 1 },
      why: 'the next lines that wait, in the order of the file; how many there are of each status',
    },
    {
      name: 'expire',
      key: { createdAt: 1 },
      expireAfterSeconds: KEEP_ROWS_S,
      why: 'names and addresses are not kept for ever, nor are lines whose import was never stored',
    },
  ],
});

const toRow = ({ _id: _unused, createdAt: _created, ...row }: WithId<RowDoc>): AttendeeRow => row;

export const mongoAttendeeRows = (db: Db): AttendeeRowStore => {
  const rows = collectionOf(db, attendeeRowsCollection);
  const from = (to: RowStatus) => ({ $in: sourcesOf(rowTransitions, to) });
  return {
    stage: async (staged) => {
      const createdAt = new Date();
      await rows.insertMany(
        staged.map((row) => ({ ...row, createdAt })),
        { ordered: true },
      );
    },
    drop: async (importId) => {
      await rows.deleteMany({ importId });
    },
    listWaiting: async (importId, limit) =>
      (
        await rows.find({ importId, status: 'waiting' }, readIn()).sort({ line: 1 }).limit(limit).toArray()
      ).map(toRow),
    markSold: async (tx, importId, sold) => {
      const result = await rows.bulkWrite(
        sold.map(({ line, bookingId, reference }) => ({
          updateOne: {
            filter: { importId, line, status: from('sold') },
            update: { $set: { status: 'sold' as const, bookingId, reference } },
          },
        })),
        { ordered: true, ...sessionOf(tx) },
      );
      return result.modifiedCount;
    },
    markRefused: async (importId, line, reason) =>
      (
        await rows.updateOne(
          { importId, line, status: from('refused') },
          { $set: { status: 'refused', reason } },
        )
      ).modifiedCount === 1,
    cancelWaiting: async (tx, importId) => {
      await rows.updateMany(
        { importId, status: from('cancelled') },
        { $set: { status: 'cancelled' } },
        sessionOf(tx),
      );
    },
    countByStatus: async (importId) => {
      const counts: Record<RowStatus, number> = { waiting: 0, sold: 0, refused: 0, cancelled: 0 };
      await Promise.all(
        ROW_STATUSES.map(async (status) => {
          counts[status] = await rows.countDocuments({ importId, status }, readIn());
        }),
      );
      return counts;
    },
    list: async (importId) =>
      (await rows.find({ importId }, readIn()).sort({ line: 1 }).limit(MAX_ATTENDEES).toArray()).map(toRow),
  };
};
