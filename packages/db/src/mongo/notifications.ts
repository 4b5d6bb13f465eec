import { subjectOf } from '@eventhorizon/core/notifications/notices/subject-of';
import {
  CHANNELS,
  NOTIFICATION_STATUSES,
  type Notification,
  notificationTransitions,
} from '@eventhorizon/core/notifications/notification';
import { MAX_LISTED_MESSAGES, type NotificationStore } from '@eventhorizon/core/notifications/ports';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { sourcesOf } from '@eventhorizon/core/shared/state-machine';
import type { Db } from 'mongodb';
import { z } from 'zod';
import { collectionOf, defineCollection } from './collection.ts';
import { duplicateIndexOf } from './duplicate-key.ts';
import { noticeSchema } from './notice-schema.ts';
import { readIn } from './read-options.ts';
import { retryTransaction } from './retry-transaction.ts';
import { sessionOf } from './transaction.ts';

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
