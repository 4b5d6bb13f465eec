import { OFFLINE_METHODS } from '@eventhorizon/core/bookings/organizer-sale';
import { PAYMENT_STATUSES, type Payment, paymentTransitions } from '@eventhorizon/core/payments/payment';
import type { PaymentStore } from '@eventhorizon/core/payments/stores';
import { decodeCursor, pageOf } from '@eventhorizon/core/shared/cursor';
import { idSchema, type PaymentId } from '@eventhorizon/core/shared/ids';
import { moneySchema } from '@eventhorizon/core/shared/money';
import { sourcesOf } from '@eventhorizon/core/shared/state-machine';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

type PaymentDoc = DocOf<Payment>;

const paymentSchema = z.object({
  _id: idSchema('pay'),
  bookingId: idSchema('bkg'),
  eventId: idSchema('evt'),
  organizationId: idSchema('org'),
  userId: idSchema('usr').nullable(),
  status: z.enum(PAYMENT_STATUSES),
  due: moneySchema,
  attempt: z.int(),
  intentId: z.string().nullable(),
  sealed: z.boolean(),
  captured: z.int(),
  capturedCurrency: z.string().nullable(),
  refundReserved: z.int(),
  withheld: z.int().optional(),
  lastDecline: z.object({ code: z.string(), message: z.string(), at: z.date() }).nullable(),
  offline: z.object({ method: z.enum(OFFLINE_METHODS), takenBy: idSchema('usr') }).optional(),
  createdAt: z.date(),
  capturedAt: z.date().nullable(),
});

export const paymentsCollection = defineCollection<PaymentDoc>({
  name: 'payments',
  schema: paymentSchema,
  indexes: [
    { name: 'by_intent', key: { intentId: 1 }, why: 'a provider names its intent, not our payment' },
    { name: 'by_user', key: { userId: 1, _id: -1 }, why: 'my payments, newest first' },
    { name: 'by_event', key: { eventId: 1, _id: 1 }, why: 'the audit of an event' },
  ],
});

const cursorSchema = z.tuple([idSchema('pay')]);
/** Attempts and intents may change only while paying has not begun and nobody ended the booking. */
const unbound = { intentId: null, sealed: false } as const;

export const mongoPayments = (db: Db): PaymentStore => {
  const payments = collectionOf(db, paymentsCollection);
  const from = (to: Payment['status']) => ({ $in: sourcesOf(paymentTransitions, to) });
  const changed = async (
    filter: Parameters<typeof payments.updateOne>[0],
    update: Parameters<typeof payments.updateOne>[1],
    options: Parameters<typeof payments.updateOne>[2] = {},
  ) => (await payments.updateOne(filter, update, options)).modifiedCount === 1;
  const byId = (_id: PaymentId) => ({ _id });
  return {
    insert: async (tx, payment) => {
      await payments.insertOne(toDoc(payment), sessionOf(tx));
    },
    insertAll: async (tx, made) => {
      if (made.length === 0) return;
      await payments.insertMany(made.map(toDoc), { ordered: true, ...sessionOf(tx) });
    },
    find: async (paymentId, tx) => {
      const doc = await payments.findOne({ _id: paymentId }, readIn(tx));
      return doc === null ? null : fromDoc<Payment>(doc);
    },
    findMany: async (paymentIds, tx) =>
      (await payments.find({ _id: { $in: [...paymentIds] } }, readIn(tx)).toArray()).map((doc) =>
        fromDoc<Payment>(doc),
      ),
    findByIntent: async (intentId) => {
      const doc = await payments.findOne({ intentId }, readIn());
      return doc === null ? null : fromDoc<Payment>(doc);
    },
    recordIntent: async (paymentId, attempt, intentId, tx) => {
      const options = sessionOf(tx);
      if (await changed({ _id: paymentId, attempt, ...unbound }, { $set: { intentId } }, options))
        return 'recorded';
      // The provider's key gives parallel calls of one attempt the same intent.
      const known = await payments.findOne({ _id: paymentId, intentId, sealed: false }, options);
      return known === null ? 'refused' : 'known';
    },
    noteIntent: async (paymentId, intentId) => {
      await payments.updateOne({ _id: paymentId, intentId: null }, { $set: { intentId } });
    },
    raiseAttempt: (paymentId, attempt) =>
      changed({ _id: paymentId, attempt, ...unbound }, { $inc: { attempt: 1 } }),
    seal: async (tx, paymentId) => {
      await payments.updateOne(byId(paymentId), { $set: { sealed: true } }, sessionOf(tx));
    },
    markProcessing: (paymentId) =>
      changed({ _id: paymentId, status: from('processing') }, { $set: { status: 'processing' } }),
    noteDecline: async (paymentId, decline) => {
      await payments.updateOne(
        { _id: paymentId, $or: [{ lastDecline: null }, { 'lastDecline.at': { $lt: decline.at } }] },
        { $set: { lastDecline: decline } },
      );
    },
    markCaptured: async (tx, captures) => {
      if (captures.length === 0) return 0;
      const result = await payments.bulkWrite(
        captures.map(({ paymentId, intentId, amount, currency, paidAt }) => ({
          updateOne: {
            filter: {
              _id: paymentId,
              status: from('captured'),
              intentId: { $in: [null, intentId] },
            },
            update: {
              $set: {
                status: 'captured' as const,
                intentId,
                captured: amount,
                capturedCurrency: currency,
                capturedAt: paidAt,
                sealed: true,
              },
            },
          },
        })),
        { ordered: true, ...sessionOf(tx) },
      );
      return result.modifiedCount;
    },
    markCancelled: (tx, paymentId) =>
      changed(
        { _id: paymentId, status: from('cancelled') },
        { $set: { status: 'cancelled', sealed: true } },
        sessionOf(tx),
      ),
    reserveRefund: (tx, paymentId, amount) =>
      changed(
        {
          _id: paymentId,
          $expr: {
            $lte: [{ $add: ['$refundReserved', { $ifNull: ['$withheld', 0] }, amount] }, '$captured'],
          },
        },
        { $inc: { refundReserved: amount } },
        sessionOf(tx),
      ),
    releaseRefund: async (tx, paymentId, amount) => {
      await payments.updateOne(byId(paymentId), { $inc: { refundReserved: -amount } }, sessionOf(tx));
    },
    noteWithheld: async (tx, paymentId, by) => {
      await payments.updateOne(byId(paymentId), { $inc: { withheld: by } }, sessionOf(tx));
    },
    markAdopted: async (tx, paymentId, userId) => {
      await payments.updateOne({ _id: paymentId, userId: null }, { $set: { userId } }, sessionOf(tx));
    },
    listOfUser: async (userId, { cursor, limit }) => {
      const before = cursor === undefined ? null : decodeCursor(cursor, cursorSchema)[0];
      const docs = await payments
        .find({ userId, ...(before === null ? {} : { _id: { $lt: before } }) })
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray();
      return pageOf(
        docs.map((doc) => fromDoc<Payment>(doc)),
        limit,
        ({ id }) => [id],
      );
    },
    streamOfEvent: async function* (eventId) {
      for await (const doc of payments.find({ eventId }, readIn())) yield fromDoc<Payment>(doc);
    },
  };
};
