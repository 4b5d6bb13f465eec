import type { Booking } from '../bookings/booking.ts';
import type { BookingId, UserId } from '../shared/ids.ts';
import { DOCUMENT_KINDS } from './documents/document.ts';
import { heldTickets } from './held-tickets.ts';
import {
  type AccountNotice,
  type BookingNotice,
  isOrganizerNotice,
  isTeamNotice,
  type Notification,
  type NotificationId,
  type OrganizerNotice,
  type TeamNotice,
} from './notification.ts';
import type { EmailCorrectionStore, EmailSender, NotificationStore, SendResult } from './ports.ts';
import { sendRemovalNotice } from './send-removal-notice.ts';
import { type SendSmsDeps, sendSms } from './send-sms.ts';
import { type SendTransferNewsDeps, sendTransferNews } from './send-transfer-news.ts';
import { sendWaitlistNotice, type WaitlistNoticeDeps } from './send-waitlist-notice.ts';
import { letterHtml } from './templates/letter-html.ts';
import { letterOf } from './templates/letter-of.ts';
import { letterText } from './templates/letter-text.ts';
import { ticketAttachments } from './ticket-attachments.ts';
import { type AccountLetterDeps, type WrittenLetter, writeAccountLetter } from './write-account-letter.ts';
import { type OrganizerLetterDeps, writeOrganizerLetter } from './write-organizer-letter.ts';
import { type TeamLetterDeps, writeTeamLetter } from './write-team-letter.ts';

export type SendNotificationDeps = SendSmsDeps &
  SendTransferNewsDeps & {
    readonly waitlist: WaitlistNoticeDeps;
    readonly notifications: NotificationStore;
    readonly bookings: { readonly find: (bookingId: BookingId) => Promise<Booking | null> };
    readonly corrections: Pick<EmailCorrectionStore, 'find'>;
    readonly accounts: AccountLetterDeps;
    readonly teams: TeamLetterDeps;
    readonly organizers: OrganizerLetterDeps;
    readonly email: EmailSender;
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
  const { notifications, bookings } = deps;
  const notification = await notifications.find(notificationId);
  if (notification === null || notification.status === 'sent' || notification.status === 'failed')
    return done;
  const { notice } = notification;
  if ('offerId' in notice)
    return await recordIfSent(
      deps,
      notificationId,
      await sendWaitlistNotice({ ...deps, ...deps.waitlist }, { ...notification, notice }),
    );
  if ('entryId' in notice)
    return await recordIfSent(
      deps,
      notificationId,
      await sendRemovalNotice({ ...deps, ...deps.waitlist }, { id: notificationId, notice }),
    );
  if ('transferId' in notice)
    return await recordIfSent(
      deps,
      notificationId,
      await sendTransferNews(deps, { ...notification, notice }),
    );
  if (!('bookingId' in notice)) return await sendPlainLetter(deps, notificationId, notice);
  const booking = await bookings.find(notice.bookingId);
  if (booking === null || !stillTrue(notice, booking)) {
    await notifications.markFailed(notificationId, 'outdated: the booking has moved on');
    return done;
  }
  return notification.channel === 'email'
    ? await sendEmail(deps, { id: notificationId, notice }, booking)
    : await recordIfSent(deps, notificationId, await sendSms(deps, { ...notification, notice }, booking));
};

/** null: this call did not send it. */
const recordIfSent = async (
  deps: SendNotificationDeps,
  id: NotificationId,
  sent: SendResult | null,
): Promise<SendOutcome> => (sent === null ? done : await record(deps, id, sent));

/** Letters that are about no booking go by e-mail only. */
const sendPlainLetter = async (
  deps: SendNotificationDeps,
  id: NotificationId,
  notice: AccountNotice | TeamNotice | OrganizerNotice,
): Promise<SendOutcome> => {
  const written = await write(deps, notice);
  if (written === null) {
    await deps.notifications.markFailed(id, 'outdated: there is nothing to say any more');
    return done;
  }
  const { to, letter } = written;
  const sent = await deps.email.send({
    id,
    to,
    subject: letter.subject,
    text: letterText(letter),
    html: letterHtml(letter),
    attachments: [],
  });
  return await record(deps, id, sent);
};

const write = (
  deps: SendNotificationDeps,
  notice: AccountNotice | TeamNotice | OrganizerNotice,
): Promise<WrittenLetter | null> => {
  const now = deps.clock.now();
  if (isOrganizerNotice(notice)) return writeOrganizerLetter(deps.organizers, notice);
  return isTeamNotice(notice)
    ? writeTeamLetter(deps.teams, notice, now)
    : writeAccountLetter(deps.accounts, notice, now);
};

type AboutBooking = Pick<Notification, 'id'> & { readonly notice: BookingNotice };

const stillTrue = (notice: BookingNotice, booking: Booking): boolean => {
  switch (notice.kind) {
    case 'booking_confirmed':
    case 'booking_resent':
    case 'late_payment_rebooked':
    case 'late_payment_moved':
      return booking.status === 'confirmed';
    case 'payment_expired':
      return booking.status === 'expired' && booking.lateMoney === null;
    case 'event_postponed':
    case 'event_moved':
      return booking.status === 'confirmed' || booking.status === 'pending';
    case 'address_corrected':
    case 'event_cancelled':
    case 'tickets_cancelled':
    case 'held_tickets_cancelled':
    case 'late_payment_refunded':
    case 'refund_sent':
    case 'refund_failed':
      return true;
  }
};

/** Who lost a booking's address is told where it was; everything else goes where it is. */
const addressFor = async (
  { corrections }: SendNotificationDeps,
  notice: BookingNotice,
  { buyer }: Booking,
): Promise<string | null> =>
  notice.kind === 'address_corrected'
    ? ((await corrections.find(notice.correctionId))?.before ?? null)
    : buyer.email;

const HOLDER_DOCUMENTS = ['tickets', 'calendar'] as const;

/** The booking as it concerns whom a ticket of it was passed on to: their name, address and tickets. */
const asItsHolder = async (
  { accounts }: SendNotificationDeps,
  booking: Booking,
  holderId: UserId,
): Promise<Booking | null> => {
  const user = await accounts.users.find(holderId);
  if (user === null) return null;
  const { email, profile, username } = user;
  return {
    ...booking,
    userId: holderId,
    buyer: { ...booking.buyer, email, name: profile.name ?? username },
  };
};

const sendEmail = async (
  deps: SendNotificationDeps,
  { id, notice }: AboutBooking,
  about: Booking,
): Promise<SendOutcome> => {
  const holderId = 'holderId' in notice ? notice.holderId : undefined;
  const booking = holderId === undefined ? about : await asItsHolder(deps, about, holderId);
  const email = booking === null ? null : await addressFor(deps, notice, booking);
  if (booking === null || email === null) {
    await deps.notifications.markFailed(id, 'there is no e-mail address for it');
    return done;
  }
  const tickets = await heldTickets(deps, booking);
  const letter = letterOf({ notice, booking, tickets });
  const shown = letter.blocks.flatMap((block) => (block.kind === 'tickets' ? block.tickets : []));
  const sent = await deps.email.send({
    id,
    to: { email, name: booking.buyer.name },
    subject: letter.subject,
    text: letterText(letter),
    html: letterHtml(letter),
    // With a letter that has tickets go the same tickets on paper, the calendar's entry, and to who paid the receipt.
    attachments: await ticketAttachments(
      deps,
      booking,
      shown,
      holderId === undefined ? DOCUMENT_KINDS : HOLDER_DOCUMENTS,
    ),
  });
  return await record(deps, id, sent);
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
