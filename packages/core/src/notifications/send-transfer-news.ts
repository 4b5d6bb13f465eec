import type { Booking } from '../bookings/booking.ts';
import type { BookingId, TicketId } from '../shared/ids.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { type HeldTicketsDeps, heldTickets } from './held-tickets.ts';
import type { TransferNotice } from './notices/transfer-notice.ts';
import type { Notification } from './notification.ts';
import type { EmailSender, NotificationStore, SendResult } from './ports.ts';
import { sendLetter } from './send-letter.ts';
import { mintTicketLink, type SendSmsOnceDeps, sendSmsOnce } from './send-sms-once.ts';
import { shownTickets } from './templates/letter.ts';
import { smsOf } from './templates/sms-of.ts';
import { transferLetterOf } from './templates/transfer-letter-of.ts';
import { type TicketAttachmentsDeps, ticketAttachments } from './ticket-attachments.ts';
import { type TransferLetterDeps, writeTransferLetter } from './write-transfer-letter.ts';

export type SendTransferNewsDeps = HeldTicketsDeps &
  SendSmsOnceDeps &
  TicketAttachmentsDeps & {
    readonly notifications: Pick<NotificationStore, 'claim' | 'markFailed'>;
    readonly bookings: { readonly find: (bookingId: BookingId) => Promise<Booking | null> };
    readonly email: EmailSender;
    readonly transferLetters: TransferLetterDeps;
  };

type TransferNotification = Pick<Notification, 'id' | 'channel' | 'status' | 'attempts'> & {
  readonly notice: TransferNotice;
};

/** Tells sender or receiver of a ticket. null: not sent by this call, and on record why: also what is not true any more. */
export const sendTransferNews = async (
  deps: SendTransferNewsDeps,
  { notice, ...record }: TransferNotification,
): Promise<SendResult | null> => {
  const transfer = await deps.transferLetters.transfers.find(notice.transferId);
  const booking = transfer === null ? null : await deps.bookings.find(transfer.bookingId);
  const [ticket = null] =
    transfer === null || booking === null || transfer.newTicketId === null
      ? []
      : await heldTickets(deps, booking, transfer.newTicketId);
  const written =
    transfer === null || booking === null
      ? null
      : await writeTransferLetter(deps.transferLetters, notice, transfer, ticket, deps.clock.now());
  if (transfer === null || booking === null || written === null) {
    await deps.notifications.markFailed(record.id, 'outdated: there is nothing to say any more');
    return null;
  }
  const { to, matter } = written;
  const letter = transferLetterOf({ matter, transfer, booking, name: to.name });
  if (record.channel === 'sms') {
    const linked = matter.kind === 'transfer_received' ? matter.ticket.ticketId : null;
    return await sendSms(deps, record, { transfer, booking, linked, summary: letter.summary });
  }
  const attachments = await ticketAttachments(deps, booking, shownTickets(letter), ['tickets', 'calendar']);
  return await sendLetter(deps, { id: record.id, to }, letter, attachments);
};

/** What brings the ticket for the first time links to it; anything else is said in a sentence. */
const sendSms = (
  deps: SendTransferNewsDeps,
  record: Omit<TransferNotification, 'notice'>,
  {
    transfer: { smsTo, receiverId, organizationId },
    booking,
    linked,
    summary,
  }: {
    readonly transfer: Transfer;
    readonly booking: Booking;
    readonly linked: TicketId | null;
    readonly summary: string;
  },
): Promise<SendResult | null> => {
  const counted = { phone: smsTo, person: receiverId, organizationId };
  return sendSmsOnce(deps, record, counted, async () =>
    linked === null
      ? summary
      : smsOf('transfer_received', booking, 1, await mintTicketLink(deps, booking, linked)),
  );
};
