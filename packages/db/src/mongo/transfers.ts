import { addMs } from '@eventhorizon/core/shared/clock';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { DomainError } from '@eventhorizon/core/shared/errors';
import { idSchema, type TransferId } from '@eventhorizon/core/shared/ids';
import { sourcesOf } from '@eventhorizon/core/shared/state-machine';
import type { Tx } from '@eventhorizon/core/shared/unit-of-work';
import type { TransferStore } from '@eventhorizon/core/transfers/ports';
import {
  MAX_TRANSFER_TOKENS,
  TRANSFER_KEPT_MS,
  TRANSFER_STATUSES,
  type Transfer,
  transferTransitions,
} from '@eventhorizon/core/transfers/transfer';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

const transferSchema = z.object({
  _id: idSchema('trf'),
  ticketId: idSchema('tkt'),
  eventId: idSchema('evt'),
  organizationId: idSchema('org'),
  bookingId: idSchema('bkg'),
  unitId: z.string(),
  label: z.string(),
  senderId: idSchema('usr'),
  email: z.string(),
  emailKey: z.string(),
  attendeeName: z.string().nullable(),
  message: z.string().nullable(),
  status: z.enum(TRANSFER_STATUSES),
  letters: z.int(),
  lastLetterAt: z.date(),
  receiverId: idSchema('usr').nullable(),
  newTicketId: idSchema('tkt').nullable(),
  smsTo: z.string().nullable(),
  endedAt: z.date().nullable(),
  createdAt: z.date(),
  /** Hashes of the tokens that were mailed, the newest last. */
  tokens: z.array(z.string()),
  /** Set when it ended without being accepted. */
  forgetAt: z.date().nullable(),
});
type TransferDoc = z.output<typeof transferSchema>;

export const transfersCollection = defineCollection({
  name: 'transfers',
  schema: transferSchema,
  indexes: [
    {
      name: 'one_open_per_ticket',
      key: { ticketId: 1 },
      unique: true,
      partialFilterExpression: { status: 'open' },
      why: 'a ticket is on its way to one receiver at most; also the open transfers of tickets',
    },
    { name: 'by_token', key: { tokens: 1 }, why: 'accepting by a token that was mailed' },
    { name: 'by_sender', key: { senderId: 1, _id: -1 }, why: 'what an account sent, newest first' },
    {
      name: 'by_booking_status',
      key: { bookingId: 1, status: 1, _id: 1 },
      why: 'the chain of holders of the tickets of a booking',
    },
    {
      name: 'forget_old',
      key: { forgetAt: 1 },
      expireAfterSeconds: 0,
      why: 'addresses of people who did not take a ticket are not kept for ever',
    },
  ],
});

/** Ids sort by creation. */
const cursorSchema = z.tuple([idSchema('trf')]);

const toTransfer = (doc: TransferDoc): Transfer => {
  const { tokens: _tokens, forgetAt: _forgetAt, ...rest } = doc;
  return fromDoc<Transfer>(rest);
};

const orNull = (doc: TransferDoc | null): Transfer | null => (doc === null ? null : toTransfer(doc));

export const mongoTransfers = (db: Db): TransferStore => {
  const transfers = collectionOf(db, transfersCollection);
  const end = async (
    tx: Tx,
    id: TransferId,
    to: Pick<Transfer, 'status'> & Partial<TransferDoc>,
  ): Promise<boolean> => {
    const from = sourcesOf(transferTransitions, to.status);
    const ended = await transfers.updateOne({ _id: id, status: { $in: from } }, { $set: to }, sessionOf(tx));
    return ended.modifiedCount === 1;
  };
  return {
    insert: async (tx, transfer) => {
      const doc = { ...toDoc(transfer), tokens: [], forgetAt: null };
      await transfers.insertOne(doc, sessionOf(tx)).catch((error: unknown) => {
        throw duplicateIndexOf(error) === 'one_open_per_ticket'
          ? new DomainError('transfer.open_already', {}, { cause: error })
          : error;
      });
    },
    find: async (id, tx) => orNull(await transfers.findOne({ _id: id }, readIn(tx))),
    findByToken: async (hash, tx) => orNull(await transfers.findOne({ tokens: hash }, readIn(tx))),
    listOpenOf: async (ticketIds, tx) => {
      const found = transfers.find({ ticketId: { $in: [...ticketIds] }, status: 'open' }, readIn(tx));
      return (await found.toArray()).map(toTransfer);
    },
    listAcceptedOf: async (bookingId, tx) => {
      const found = transfers.find({ bookingId, status: 'accepted' }, readIn(tx)).sort({ _id: 1 });
      return (await found.toArray()).map(toTransfer);
    },
    listOfSender: async (senderId, { cursor, limit }) => {
      const before = cursor === undefined ? {} : { _id: { $lt: decodeCursor(cursor, cursorSchema)[0] } };
      const found = transfers.find({ senderId, ...before }).sort({ _id: -1 });
      const docs = await found.limit(limit + 1).toArray();
      return pageOf(docs.map(toTransfer), limit, ({ id }) => [id]);
    },
    addToken: async (id, hash) => {
      const added = await transfers.updateOne(
        { _id: id, status: 'open' },
        { $push: { tokens: { $each: [hash], $slice: -MAX_TRANSFER_TOKENS } } },
      );
      return added.modifiedCount === 1;
    },
    markResent: async (tx, { id, letters, lastLetterAt }) => {
      const marked = await transfers.updateOne(
        { _id: id, status: 'open', letters: letters - 1 },
        { $set: { letters, lastLetterAt } },
        sessionOf(tx),
      );
      return marked.modifiedCount === 1;
    },
    markAccepted: (tx, id, acceptance, endedAt) =>
      end(tx, id, { status: 'accepted', ...acceptance, endedAt }),
    markEnded: (tx, id, status, endedAt) =>
      end(tx, id, { status, endedAt, forgetAt: addMs(endedAt, TRANSFER_KEPT_MS) }),
  };
};
