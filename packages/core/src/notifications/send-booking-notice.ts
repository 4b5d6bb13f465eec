import type { Booking } from '../bookings/booking.ts';
import { calledBy } from '../identity/called-by.ts';
import type { UserStore } from '../identity/ports.ts';
import type { BookingId, UserId } from '../shared/ids.ts';
import { DOCUMENT_KINDS } from './documents/document.ts';
import { heldTickets } from './held-tickets.ts';
import type { BookingNotice } from './notices/booking-notice.ts';
import type { Notification } from './notification.ts';
import type { EmailCorrectionStore, EmailSender, SendResult } from './ports.ts';
import { sendLetter } from './send-letter.ts';
import { type SendSmsDeps, sendSms } from './send-sms.ts';
import { bookingLetterOf } from './templates/booking-letter-of.ts';
import { shownTickets } from './templates/letter.ts';
import { type TicketAttachmentsDeps, ticketAttachments } from './ticket-attachments.ts';

export type SendBookingNoticeDeps = SendSmsDeps &
  TicketAttachmentsDeps & {
    readonly bookings: { readonly find: (bookingId: BookingId) => Promise<Booking | null> };
    readonly corrections: Pick<EmailCorrectionStore, 'find'>;
    readonly accounts: { readonly users: Pick<UserStore, 'find'> };
    readonly email: EmailSender;
  };

type BookingNotification = Pick<Notification, 'id' | 'channel' | 'status' | 'attempts'> & {
  readonly notice: BookingNotice;
};

/** Tells a buyer, or whom a ticket was passed on to, about a booking. null: not sent by this call, and on record why. */
export const sendBookingNotice = async (
  deps: SendBookingNoticeDeps,
  notification: BookingNotification,
): Promise<SendResult | null> => {
  const { id, channel, notice } = notification;
  const booking = await deps.bookings.find(notice.bookingId);
  if (booking === null || !stillTrue(notice, booking)) {
    await deps.notifications.markFailed(id, 'outdated: the booking has moved on');
    return null;
  }
  return channel === 'email'
    ? await sendEmail(deps, notification, booking)
    : await sendSms(deps, notification, booking);
};

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
  { corrections }: SendBookingNoticeDeps,
  notice: BookingNotice,
  { buyer }: Booking,
): Promise<string | null> =>
  notice.kind === 'address_corrected'
    ? ((await corrections.find(notice.correctionId))?.before ?? null)
    : buyer.email;

const HOLDER_DOCUMENTS = ['tickets', 'calendar'] as const;

/** The booking as it concerns whom a ticket of it was passed on to: their name, address and tickets. */
const asItsHolder = async (
  { accounts }: SendBookingNoticeDeps,
  booking: Booking,
  holderId: UserId,
): Promise<Booking | null> => {
  const user = await accounts.users.find(holderId);
  if (user === null) return null;
  const buyer = { ...booking.buyer, email: user.email, name: calledBy(user) };
  return { ...booking, userId: holderId, buyer };
};

const sendEmail = async (
  deps: SendBookingNoticeDeps,
  { id, notice }: BookingNotification,
  about: Booking,
): Promise<SendResult | null> => {
  const holderId = 'holderId' in notice ? notice.holderId : undefined;
  const booking = holderId === undefined ? about : await asItsHolder(deps, about, holderId);
  const email = booking === null ? null : await addressFor(deps, notice, booking);
  if (booking === null || email === null) {
    await deps.notifications.markFailed(id, 'there is no e-mail address for it');
    return null;
  }
  const tickets = await heldTickets(deps, booking);
  const letter = bookingLetterOf({ notice, booking, tickets });
  // With a letter that has tickets go the same tickets on paper, the calendar's entry, and to who paid the receipt.
  const kinds = holderId === undefined ? DOCUMENT_KINDS : HOLDER_DOCUMENTS;
  const attachments = await ticketAttachments(deps, booking, shownTickets(letter), kinds);
  return await sendLetter(deps, { id, to: { email, name: booking.buyer.name } }, letter, attachments);
};
