import type { IdSource } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Notice } from './notices/notice.ts';
import type { Channel } from './notification.ts';
import { type QueueNotificationsDeps, queueNotifications } from './queue-notifications.ts';

export type NotifyDeps = QueueNotificationsDeps & { readonly ids: IdSource };

/**
 * Tells the buyer of a booking or the owner of an account something, as part of the transaction that makes it true. Saying the same again (same kind,
 * booking or refund, and channel) adds nothing: the job is keyed by the notification there already is.
 */
export const notify = (deps: NotifyDeps, tx: Tx, notice: Notice, channel: Channel = 'email'): Promise<void> =>
  notifyAll(deps, tx, [notice], channel);

/** The same for many notices, in three round trips altogether: finalize has a hundred bookings in a transaction. */
export const notifyAll = (
  deps: NotifyDeps,
  tx: Tx,
  notices: readonly Notice[],
  channel: Channel = 'email',
  /** When to send them; at once when absent. */
  sendAt?: Date,
): Promise<void> =>
  queueNotifications(
    deps,
    tx,
    notices.map((notice) => ({ id: deps.ids.next('ntf'), notice, channel })),
    sendAt,
  );
