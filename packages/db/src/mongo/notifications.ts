import { CANCELLERS } from '@eventhorizon/core/bookings/cancellation';
import { REQUESTERS } from '@eventhorizon/core/notifications/email-correction';
import { subjectOf } from '@eventhorizon/core/notifications/notices/subject-of';
import { RECEIVER_NEWS, SENDER_NEWS } from '@eventhorizon/core/notifications/notices/transfer-notice';
import {
  CHANNELS,
  NOTIFICATION_STATUSES,
  type Notification,
  notificationTransitions,
} from '@eventhorizon/core/notifications/notification';
import { MAX_LISTED_MESSAGES, type NotificationStore } from '@eventhorizon/core/notifications/ports';
import { GIVABLE_ROLES } from '@eventhorizon/core/organizations/capabilities';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { moneySchema } from '@eventhorizon/core/shared/money';
import { sourcesOf } from '@eventhorizon/core/shared/state-machine';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { readIn } from './read-options.ts';
import { retryTransaction } from './retry-transaction.ts';
import { sessionOf } from './transaction.ts';

const bookingId = idSchema('bkg');
const aboutMember = { organizationId: idSchema('org'), userId: idSchema('usr'), occasion: z.string() };
const dispute = {
  organizationId: idSchema('org'),
  disputeId: z.string(),
  amount: moneySchema,
  reason: z.string(),
  reference: z.string(),
  eventTitle: z.string(),
};
const change = {
  bookingId,
  changeId: idSchema('chg'),
  reason: z.string().nullable(),
  refundUntil: z.date(),
  holderId: idSchema('usr').optional(),
};
const noticeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['booking_confirmed', 'payment_expired', 'late_payment_rebooked']), bookingId }),
  z.object({ kind: z.literal('late_payment_moved'), bookingId, before: z.array(z.string()) }),
  z.object({
    kind: z.literal('late_payment_refunded'),
    bookingId,
    amount: moneySchema,
    reason: z.enum(['units_gone', 'event_over', 'event_cancelled', 'booking_cancelled']),
  }),
  z.object({
    kind: z.literal('booking_resent'),
    bookingId,
    number: z.int().positive(),
    by: z.enum(REQUESTERS),
  }),
  z.object({
    kind: z.literal('address_corrected'),
    bookingId,
    correctionId: idSchema('ntf'),
    masked: z.string(),
  }),
  z.object({
    kind: z.literal('event_cancelled'),
    bookingId,
    reason: z.string(),
    comesBack: z.object({ amount: moneySchema, byHand: z.boolean() }).nullable(),
    unpaid: z.boolean(),
    holderId: idSchema('usr').optional(),
  }),
  z.object({ kind: z.literal('event_postponed'), ...change }),
  z.object({
    kind: z.literal('event_moved'),
    ...change,
    before: z.object({ local: z.string(), zone: z.string() }),
  }),
  z.object({
    kind: z.literal('held_tickets_cancelled'),
    bookingId,
    revision: z.int(),
    holderId: idSchema('usr'),
    by: z.enum(CANCELLERS),
    labels: z.array(z.string()),
    message: z.string().optional(),
  }),
  z.object({
    kind: z.literal('tickets_cancelled'),
    bookingId,
    revision: z.int(),
    by: z.enum(CANCELLERS),
    labels: z.array(z.string()),
    whole: z.boolean(),
    message: z.string().optional(),
    refund: z.object({ amount: moneySchema, byHand: z.boolean() }).nullable(),
  }),
  z.object({
    kind: z.enum(['refund_sent', 'refund_failed']),
    bookingId,
    refundId: idSchema('rfd'),
    amount: moneySchema,
  }),
  z.object({
    kind: z.enum([
      'verify_email',
      'change_email',
      'email_change_asked',
      'reset_password',
      'password_changed',
      'account_suspended',
      'account_reinstated',
    ]),
    userId: idSchema('usr'),
    occasion: z.string(),
  }),
  z.object({
    kind: z.literal('email_changed'),
    userId: idSchema('usr'),
    occasion: z.string(),
    to: z.string(),
    masked: z.string(),
  }),
  z.object({
    kind: z.enum([
      'waitlist_offer',
      'waitlist_assigned',
      'waitlist_offer_expired',
      'waitlist_offer_withdrawn',
    ]),
    offerId: idSchema('ofr'),
  }),
  z.object({ kind: z.literal('waitlist_removed'), entryId: idSchema('wle') }),
  z.object({ kind: z.literal('transfer_offered'), transferId: idSchema('trf'), occasion: z.string() }),
  z.object({ kind: z.enum([...RECEIVER_NEWS, ...SENDER_NEWS]), transferId: idSchema('trf') }),
  z.object({
    kind: z.enum(['invitation', 'invitation_declined']),
    invitationId: idSchema('inv'),
    occasion: z.string(),
  }),
  z.object({ kind: z.literal('role_changed'), ...aboutMember, role: z.enum(GIVABLE_ROLES) }),
  z.object({ kind: z.literal('member_removed'), ...aboutMember }),
  z.object({
    kind: z.literal('dispute_opened'),
    ...dispute,
    answerBy: z.date().nullable(),
    taken: z.boolean(),
  }),
  z.object({ kind: z.enum(['dispute_won', 'dispute_lost']), ...dispute }),
  z.object({
    kind: z.enum(['ownership_received', 'ownership_given']),
    ...aboutMember,
    otherId: idSchema('usr'),
  }),
]);

const notificationSchema = z.object({
  _id: idSchema('ntf'),
  channel: z.enum(CHANNELS),
  notice: noticeSchema,
  /** The booking, the refund, the correction, the transfer, or the account or invitation and occasion: see `subjectOf`. */
  subject: z.string(),
  status: z.enum(NOTIFICATION_STATUSES),
  attempts: z.int(),
  providerId: z.string().nullable(),
  lastError: z.string().nullable(),
  createdAt: z.date(),
  sentAt: z.date().nullable(),
});
type NotificationDoc = z.output<typeof notificationSchema>;

export const notificationsCollection = defineCollection({
  name: 'notifications',
  schema: notificationSchema,
  indexes: [
    {
      name: 'once_per_subject_kind_channel',
      key: { subject: 1, 'notice.kind': 1, channel: 1 },
      unique: true,
      why: 'a booking is confirmed to its buyer once, however often finalize runs',
    },
    {
      name: 'by_booking',
      key: { 'notice.bookingId': 1, createdAt: 1 },
      why: 'what was told about a booking',
    },
  ],
});

const toNotification = ({ _id, subject: _subject, ...rest }: NotificationDoc): Notification => ({
  id: _id,
  ...rest,
});

export const mongoNotifications = (db: Db): NotificationStore => {
  const notifications = collectionOf(db, notificationsCollection);
  return {
    enqueue: async (tx, added) => {
      if (added.length === 0) return [];
      const keyed = added.map((notification) => ({
        ...notification,
        subject: subjectOf(notification.notice),
      }));
      const written = notifications.bulkWrite(
        keyed.map(({ id, subject, notice, channel, ...rest }) => ({
          updateOne: {
            filter: { subject, 'notice.kind': notice.kind, channel },
            // `notice` as a whole would collide with the filter's path `notice.kind`, which an upsert also writes.
            update: { $setOnInsert: { _id: id, ...rest, ...dotted(notice) } },
            upsert: true,
          },
        })),
        { ...sessionOf(tx), ordered: true },
      );
      await written.catch((error: unknown) => {
        // Ids are minted by callers, who may use one twice at once: whoever is second looks again and finds the first.
        throw duplicateIndexOf(error) === '_id_' ? retryTransaction('the id was used meanwhile') : error;
      });
      const found = await notifications
        .find({ subject: { $in: keyed.map(({ subject }) => subject) } }, sessionOf(tx))
        .project<Pick<NotificationDoc, '_id' | 'subject' | 'channel' | 'notice'>>({
          subject: 1,
          channel: 1,
          'notice.kind': 1,
        })
        .toArray();
      const keyOf = (of: { subject: string; notice: { kind: string }; channel: string }) =>
        `${of.subject} ${of.notice.kind} ${of.channel}`;
      const idOf = new Map(found.map((doc) => [keyOf(doc), doc._id]));
      return keyed.map((one) => {
        const id = idOf.get(keyOf(one));
        if (id === undefined) throw new Error('an upserted notification is not there');
        return id;
      });
    },
    find: async (id, tx) => {
      const doc = await notifications.findOne({ _id: id }, readIn(tx));
      return doc === null ? null : toNotification(doc);
    },
    listOfBooking: async (of) => {
      const latest = notifications.find({ 'notice.bookingId': of }).sort({ createdAt: -1 });
      return (await latest.limit(MAX_LISTED_MESSAGES).toArray()).toReversed().map(toNotification);
    },
    listResent: async (of, tx) => {
      const filter = { 'notice.bookingId': of, 'notice.kind': 'booking_resent' as const };
      const latest = notifications.find(filter, readIn(tx)).sort({ createdAt: -1 });
      return (await latest.limit(MAX_LISTED_MESSAGES).toArray()).flatMap(({ notice, createdAt: at }) =>
        notice.kind === 'booking_resent' ? [{ number: notice.number, by: notice.by, at }] : [],
      );
    },
    claim: async (id) =>
      (await notifications.updateOne({ _id: id, status: 'queued' }, { $set: { status: 'sending' } }))
        .modifiedCount === 1,
    markSent: async (id, providerId, at) => {
      await notifications.updateOne(
        { _id: id, status: { $in: sourcesOf(notificationTransitions, 'sent') } },
        { $set: { status: 'sent', providerId, sentAt: at, lastError: null }, $inc: { attempts: 1 } },
      );
    },
    markFailed: async (id, reason) => {
      await notifications.updateOne(
        { _id: id, status: { $in: sourcesOf(notificationTransitions, 'failed') } },
        { $set: { status: 'failed', lastError: reason }, $inc: { attempts: 1 } },
      );
    },
    markRetry: async (id, reason) => {
      await notifications.updateOne(
        { _id: id, status: { $in: ['queued', ...sourcesOf(notificationTransitions, 'queued')] } },
        { $set: { status: 'queued', lastError: reason }, $inc: { attempts: 1 } },
      );
    },
  };
};

const dotted = (notice: Notification['notice']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(notice)
      .filter(([key]) => key !== 'kind')
      .map(([key, value]) => [`notice.${key}`, value]),
  );
