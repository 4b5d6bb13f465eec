import { isFor } from './notices/notice.ts';
import type { Notification, NotificationId } from './notification.ts';
import type { NotificationStore, SendResult } from './ports.ts';
import { type SendBookingNoticeDeps, sendBookingNotice } from './send-booking-notice.ts';
import { sendOfferNotice, type WaitlistNoticeDeps } from './send-offer-notice.ts';
import { type SendPlainLetterDeps, sendPlainLetter } from './send-plain-letter.ts';
import { sendRemovalNotice } from './send-removal-notice.ts';
import { type SendTransferNewsDeps, sendTransferNews } from './send-transfer-news.ts';

export type SendNotificationDeps = SendBookingNoticeDeps &
  SendPlainLetterDeps &
  SendTransferNewsDeps & {
    readonly waitlist: WaitlistNoticeDeps;
    readonly notifications: NotificationStore;
  };

/** `retry`: the provider did not take it now. The shape of the flows' JobResult. */
export type SendOutcome =
  | { readonly result: 'done' }
  | { readonly result: 'retry'; readonly retryAfterMs: number | null; readonly reason: string };

const done: SendOutcome = { result: 'done' };

/**
 * Sends one notification. E-mail goes out at least once: a crash after the provider took it sends it again. An SMS goes out at
 * most once: it is claimed first, and one whose outcome is unknown is given up. What is not true any more (a booking that
 * ended before its confirmation went out) is not sent.
 */
export const sendNotification = async (
  deps: SendNotificationDeps,
  notificationId: NotificationId,
): Promise<SendOutcome> => {
  const notification = await deps.notifications.find(notificationId);
  if (notification === null || notification.status === 'sent' || notification.status === 'failed')
    return done;
  const sent = await send(deps, notification);
  return sent === null ? done : await record(deps, notificationId, sent);
};

/** null: this call did not send it, and the record says why. */
const send = (deps: SendNotificationDeps, notification: Notification): Promise<SendResult | null> => {
  const { notice } = notification;
  if (isFor('booking', notice)) return sendBookingNotice(deps, { ...notification, notice });
  if (isFor('transfer', notice)) return sendTransferNews(deps, { ...notification, notice });
  if (!isFor('waitlist', notice)) return sendPlainLetter(deps, { ...notification, notice });
  const reading = { ...deps, ...deps.waitlist };
  return notice.kind === 'waitlist_removed'
    ? sendRemovalNotice(reading, { ...notification, notice })
    : sendOfferNotice(reading, { ...notification, notice });
};

const record = async (
  { notifications, clock }: SendNotificationDeps,
  id: NotificationId,
  sent: SendResult,
): Promise<SendOutcome> => {
  switch (sent.outcome) {
    case 'sent':
      await notifications.markSent(id, sent.providerId, clock.now());
      return done;
    case 'failed':
      await notifications.markFailed(id, sent.reason);
      return done;
    case 'retry':
      await notifications.markRetry(id, sent.reason);
      return { result: 'retry', retryAfterMs: sent.retryAfterMs, reason: sent.reason };
  }
};
