import type { Clock } from '../shared/clock.ts';
import type { IdSource } from '../shared/ids.ts';
import type { Outbox, Tx } from '../shared/unit-of-work.ts';
import type { Channel, Notice } from './notification.ts';
import type { NotificationStore } from './ports.ts';

export type NotifyDeps = {
  readonly notifications: Pick<NotificationStore, 'enqueue'>;
  readonly outbox: Outbox;
  readonly ids: IdSource;
  readonly clock: Clock;
};

/**
 * Tells the buyer of a booking or the owner of an account something, as part of the transaction that makes it true. Saying the same again (same kind,
 * booking or refund, and channel) adds nothing: the job is keyed by the notification there already is.
 */
export const notify = (deps: NotifyDeps, tx: Tx, notice: Notice, channel: Channel = 'email'): Promise<void> =>
  notifyAll(deps, tx, [notice], channel);

/** The same for many notices, in three round trips altogether: finalize has a hundred bookings in a transaction. */
export const notifyAll = async (
  { notifications, outbox, ids, clock }: NotifyDeps,
  tx: Tx,
  notices: readonly Notice[],
  channel: Channel = 'email',
  /** When to send them; at once when absent. */
  sendAt?: Date,
): Promise<void> => {
  if (notices.length === 0) return;
  const now = clock.now();
  const queued = await notifications.enqueue(
    tx,
    notices.map((notice) => ({
      id: ids.next('ntf'),
      channel,
      notice,
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
      job: 'mail.send',
      payload: { notificationId },
      dueAt: sendAt ?? now,
      key: `mail.send:${notificationId}`,
    })),
  );
};
