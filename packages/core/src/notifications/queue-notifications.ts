import type { Clock } from '../shared/clock.ts';
import type { Outbox, Tx } from '../shared/unit-of-work.ts';
import type { Notice } from './notices/notice.ts';
import type { Channel, NotificationId } from './notification.ts';
import type { NotificationStore } from './ports.ts';

export type QueueNotificationsDeps = {
  readonly notifications: Pick<NotificationStore, 'enqueue'>;
  readonly outbox: Outbox;
  readonly clock: Clock;
};

/** Records of what is to be told, each with its job, in three round trips altogether. Jobs are keyed by the records there are. */
export const queueNotifications = async (
  { notifications, outbox, clock }: QueueNotificationsDeps,
  tx: Tx,
  told: readonly { readonly id: NotificationId; readonly notice: Notice; readonly channel: Channel }[],
  /** When to send them; at once when absent. */
  sendAt?: Date,
): Promise<void> => {
  if (told.length === 0) return;
  const now = clock.now();
  const queued = await notifications.enqueue(
    tx,
    told.map((one) => ({
      ...one,
      status: 'queued',
      attempts: 0,
      providerId: null,
      lastError: null,
      createdAt: now,
      sentAt: null,
    })),
  );
  await outbox.add(
    tx,
    queued.map((notificationId) => ({
      job: 'notification.send',
      payload: { notificationId },
      dueAt: sendAt ?? now,
      key: `notification.send:${notificationId}`,
    })),
  );
};
