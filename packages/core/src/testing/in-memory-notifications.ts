import { subjectOf } from '../notifications/notices/subject-of.ts';
import type { Notification, NotificationId } from '../notifications/notification.ts';
import type { NotificationStore } from '../notifications/ports.ts';

/** Notifications in a map. One process, no transactions: for tests of what is told, not of races. */
export const inMemoryNotifications = (): NotificationStore => {
  const all = new Map<NotificationId, Notification>();
  const change = (id: NotificationId, from: readonly string[], to: Partial<Notification>): boolean => {
    const found = all.get(id);
    if (found === undefined || !from.includes(found.status)) return false;
    all.set(id, { ...found, ...to, attempts: found.attempts + (to.status === 'sending' ? 0 : 1) });
    return true;
  };
  const unsent = ['queued', 'sending'];
  const keyOf = ({ notice, channel }: Notification): string =>
    `${subjectOf(notice)} ${notice.kind} ${channel}`;
  return {
    enqueue: async (_tx, notifications) =>
      notifications.map((notification) => {
        const known = [...all.values()].find((other) => keyOf(other) === keyOf(notification));
        if (known !== undefined) return known.id;
        all.set(notification.id, notification);
        return notification.id;
      }),
    find: async (id) => all.get(id) ?? null,
    listOfBooking: async (bookingId) =>
      [...all.values()].filter(({ notice }) => 'bookingId' in notice && notice.bookingId === bookingId),
    listResent: async (bookingId) =>
      [...all.values()].flatMap(({ notice, createdAt: at }) =>
        notice.kind === 'booking_resent' && notice.bookingId === bookingId
          ? [{ number: notice.number, by: notice.by, at }]
          : [],
      ),
    claim: async (id) => change(id, ['queued'], { status: 'sending' }),
    markSent: async (id, providerId, sentAt) => {
      change(id, unsent, { status: 'sent', providerId, sentAt, lastError: null });
    },
    markFailed: async (id, lastError) => {
      change(id, unsent, { status: 'failed', lastError });
    },
    markRetry: async (id, lastError) => {
      change(id, unsent, { status: 'queued', lastError });
    },
  };
};
