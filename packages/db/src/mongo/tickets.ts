import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { idSchema } from '@eventhorizon/core/shared/ids';
import type { TicketStore } from '@eventhorizon/core/tickets/stores';
import { TICKET_STATUSES, type Ticket } from '@eventhorizon/core/tickets/ticket';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

type TicketDoc = DocOf<Ticket>;

const ticketSchema = z.object({
  _id: idSchema('tkt'),
  eventId: idSchema('evt'),
  organizationId: idSchema('org'),
  bookingId: idSchema('bkg'),
  unitId: z.string(),
  label: z.string(),
  ticketTypeId: idSchema('tty'),
  ticketTypeName: z.string(),
  holderId: idSchema('usr').nullable(),
  attendeeName: z.string().nullable(),
  status: z.enum(TICKET_STATUSES),
  generation: z.int(),
  issuedAt: z.date(),
  voidedAt: z.date().nullable(),
});

export const ticketsCollection = defineCollection<TicketDoc>({
  name: 'tickets',
  schema: ticketSchema,
  indexes: [
    {
      name: 'unit_valid_once',
      key: { eventId: 1, unitId: 1 },
      unique: true,
      partialFilterExpression: { status: 'valid' },
      why: 'one unit admits one holder: a second valid ticket cannot be issued',
    },
    { name: 'by_booking', key: { bookingId: 1, _id: 1 }, why: 'the tickets of a booking' },
    { name: 'by_event', key: { eventId: 1, _id: 1 }, why: 'all tickets of an event, void ones too' },
    {
      name: 'by_holder_status',
      key: { holderId: 1, status: 1, _id: -1 },
      why: 'my tickets, of one status or of all, the latest first; one index, because each ticket that is sold pays for it',
    },
    {
      name: 'by_sale',
      key: { generation: 1, issuedAt: 1, eventId: 1 },
      why: 'tickets sold since an instant are counted by event without reading them',
    },
  ],
});

/** Ids sort by creation. */
const cursorSchema = z.tuple([idSchema('tkt')]);

export const mongoTickets = (db: Db): TicketStore => {
  const tickets = collectionOf(db, ticketsCollection);
  return {
    insertAll: async (tx, issued) => {
      if (issued.length === 0) return;
      await tickets.insertMany(
        issued.map((ticket) => toDoc(ticket)),
        { ordered: true, ...sessionOf(tx) },
      );
    },
    find: async (ticketId, tx) => {
      const doc = await tickets.findOne({ _id: ticketId }, readIn(tx));
      return doc === null ? null : fromDoc<Ticket>(doc);
    },
    listOfHolder: async (holderId, { status }, { cursor, limit }) => {
      const before = cursor === undefined ? {} : { _id: { $lt: decodeCursor(cursor, cursorSchema)[0] } };
      const docs = await tickets
        // All statuses by name: the index then gives them merged in order.
        .find({ holderId, status: { $in: status === null ? [...TICKET_STATUSES] : [status] }, ...before })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(
        docs.map((doc) => fromDoc<Ticket>(doc)),
        limit,
        ({ id }) => [id],
      );
    },
    listOfBooking: async (bookingId, tx) =>
      (await tickets.find({ bookingId }, readIn(tx)).sort({ _id: 1 }).toArray()).map((doc) =>
        fromDoc<Ticket>(doc),
      ),
    listOfBookings: async (bookingIds) =>
      (
        await tickets
          .find({ bookingId: { $in: [...bookingIds] } }, readIn())
          .sort({ bookingId: 1, _id: 1 })
          .toArray()
      ).map((doc) => fromDoc<Ticket>(doc)),
    markVoid: async (tx, given, at) => {
      if (given.length === 0) return 0;
      const result = await tickets.bulkWrite(
        given.map(({ id, holderId, generation }) => ({
          updateOne: {
            filter: { _id: id, holderId, generation, status: 'valid' as const },
            update: { $set: { status: 'void' as const, voidedAt: at } },
          },
        })),
        { ordered: true, ...sessionOf(tx) },
      );
      return result.modifiedCount;
    },
    markAdopted: async (tx, bookingId, holderId) => {
      await tickets.updateMany({ bookingId, holderId: null }, { $set: { holderId } }, sessionOf(tx));
    },
    streamOfEvent: async function* (eventId) {
      for await (const doc of tickets.find({ eventId }, readIn())) yield fromDoc<Ticket>(doc);
    },
  };
};
