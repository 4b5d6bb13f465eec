import { RefundExists, type RefundStore } from '@eventhorizon/core/refunds/ports';
import {
  REFUND_REASONS,
  REFUND_STATUSES,
  type Refund,
  type RefundStatus,
  refundTransitions,
} from '@eventhorizon/core/refunds/refund';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { moneySchema } from '@eventhorizon/core/shared/money';
import { sourcesOf } from '@eventhorizon/core/shared/state-machine';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, type DocOf, defineCollection, fromDoc, toDoc } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { sessionOf } from './transaction.ts';

type RefundDoc = DocOf<Refund>;

const refundSchema = z.object({
  _id: idSchema('rfd'),
  paymentId: idSchema('pay'),
  bookingId: idSchema('bkg'),
  eventId: idSchema('evt'),
  organizationId: idSchema('org'),
  userId: idSchema('usr').nullable(),
  intentId: z.string().nullable(),
  status: z.enum(REFUND_STATUSES),
  amount: moneySchema,
  reason: z.enum(REFUND_REASONS),
  note: z.string().optional(),
  providerId: z.string().nullable(),
  failureReason: z.string().nullable(),
  paidBack: z.object({ by: idSchema('usr'), note: z.string().nullable() }).optional(),
  requestedAt: z.date(),
  sentAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});

export const refundsCollection = defineCollection<RefundDoc>({
  name: 'refunds',
  schema: refundSchema,
  indexes: [
    { name: 'by_booking', key: { bookingId: 1, _id: 1 }, why: 'the refunds of a booking' },
    {
      name: 'provider_once',
      key: { providerId: 1 },
      unique: true,
      partialFilterExpression: { providerId: { $gt: '' } },
      why: 'a refund that was made at the provider is taken down once, however often it is told; also to find it',
    },
    { name: 'by_event', key: { eventId: 1, _id: 1 }, why: 'the audit of an event' },
  ],
});

export const mongoRefunds = (db: Db): RefundStore => {
  const refunds = collectionOf(db, refundsCollection);
  const from = (to: RefundStatus) => ({ $in: sourcesOf(refundTransitions, to) });
  const stream = (doc: RefundDoc) => fromDoc<Refund>(doc);
  return {
    insert: async (tx, refund) => {
      try {
        await refunds.insertOne(toDoc(refund), sessionOf(tx));
      } catch (error) {
        if (['_id_', 'provider_once'].includes(duplicateIndexOf(error) ?? ''))
          throw new RefundExists(`there is a refund ${refund.id}, or one of the same provider's id`, {
            cause: error,
          });
        throw error;
      }
    },
    find: async (refundId, tx) => {
      const doc = await refunds.findOne({ _id: refundId }, readIn(tx));
      return doc === null ? null : stream(doc);
    },
    findByProviderId: async (providerId) => {
      const doc = await refunds.findOne({ providerId }, readIn());
      return doc === null ? null : stream(doc);
    },
    listOfBooking: async (bookingId) =>
      (await refunds.find({ bookingId }, readIn()).sort({ _id: 1 }).toArray()).map(stream),
    noteSent: async (refundId, at, tx) => {
      await refunds.updateOne(
        { _id: refundId, status: 'requested' },
        { $set: { sentAt: at } },
        tx === undefined ? {} : sessionOf(tx),
      );
    },
    markInTransit: async (tx, refundId, providerId) =>
      (
        await refunds.updateOne(
          { _id: refundId, status: from('in_transit') },
          { $set: { status: 'in_transit', providerId } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markSettled: async (tx, refundId, providerId, at) =>
      (
        await refunds.updateOne(
          { _id: refundId, status: from('settled') },
          { $set: { status: 'settled', providerId, endedAt: at } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markPaidBack: async (tx, refundId, paidBack, at) =>
      (
        await refunds.updateOne(
          { _id: refundId, status: 'requested', intentId: null },
          { $set: { status: 'settled', paidBack, endedAt: at } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markFailed: async (tx, refundId, reason, at) =>
      (
        await refunds.updateOne(
          { _id: refundId, status: from('failed') },
          { $set: { status: 'failed', failureReason: reason, endedAt: at } },
          sessionOf(tx),
        )
      ).modifiedCount === 1,
    markAdopted: async (tx, bookingId, userId) => {
      await refunds.updateMany({ bookingId, userId: null }, { $set: { userId } }, sessionOf(tx));
    },
    sumsOfEvent: async (eventId, reason) => {
      const groups = refunds.aggregate<{ _id: { status: RefundStatus; currency: string }; amount: number }>(
        [
          { $match: { eventId, reason } },
          {
            $group: {
              _id: { status: '$status', currency: '$amount.currency' },
              amount: { $sum: '$amount.amount' },
            },
          },
        ],
        readIn(),
      );
      return (await groups.toArray()).map(({ _id, amount }) => ({ ..._id, amount }));
    },
    streamOfEvent: async function* (eventId) {
      for await (const doc of refunds.find({ eventId }, readIn())) yield stream(doc);
    },
  };
};
