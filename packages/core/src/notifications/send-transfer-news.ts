import type { Booking } from '../bookings/booking.ts';
import type { SaleEventReader } from '../bookings/ports.ts';
import { transferDeadline, whyNotTransferable } from '../events/transfer-setting.ts';
import type { MailTokenSource, UserStore } from '../identity/ports.ts';
import type { User } from '../identity/user.ts';
import type { BookingId } from '../shared/ids.ts';
import type { TransferStore } from '../transfers/ports.ts';
import type { Transfer } from '../transfers/transfer.ts';
import { type HeldTicketsDeps, heldTickets } from './held-tickets.ts';
import type { Notification, TransferNotice } from './notification.ts';
import type { EmailSender, NotificationStore, SendResult } from './ports.ts';
import { mintTicketLink, type SendSmsOnceDeps, sendSmsOnce } from './send-sms-once.ts';
import type { LetterTicket } from './templates/letter.ts';
import { letterHtml } from './templates/letter-html.ts';
import { letterText } from './templates/letter-text.ts';
import { smsOf } from './templates/sms-of.ts';
import { type TransferMatter, transferLetterOf } from './templates/transfer-letter-of.ts';
import { type TicketAttachmentsDeps, ticketAttachments } from './ticket-attachments.ts';

export type SendTransferNewsDeps = HeldTicketsDeps &
  SendSmsOnceDeps &
  TicketAttachmentsDeps & {
    readonly notifications: Pick<NotificationStore, 'claim' | 'markFailed'>;
    readonly bookings: { readonly find: (bookingId: BookingId) => Promise<Booking | null> };
    readonly email: EmailSender;
    readonly transferLetters: {
      readonly users: Pick<UserStore, 'find'>;
      readonly transfers: Pick<TransferStore, 'find' | 'addToken'>;
      readonly saleEvents: Pick<SaleEventReader, 'find'>;
      readonly mailTokenSource: Pick<MailTokenSource, 'mint'>;
    };
  };

type TransferNotification = Pick<Notification, 'id' | 'channel' | 'status' | 'attempts'> & {
  readonly notice: TransferNotice;
};

/** What a letter about a transfer is made of. */
type Facts = { readonly transfer: Transfer; readonly booking: Booking; readonly sender: User };

/**
 * Tells sender or receiver of a ticket. null: not sent by this call, and on record why. What is not true any more (an offer that was
 * withdrawn before it was mailed, a ticket that was passed on again) is not sent.
 */
export const sendTransferNews = async (
  deps: SendTransferNewsDeps,
  { notice, ...record }: TransferNotification,
): Promise<SendResult | null> => {
  const transfer = await deps.transferLetters.transfers.find(notice.transferId);
  const facts = transfer === null ? null : await factsOf(deps, transfer);
  const [ticket] = facts === null ? [] : await receivedTicket(deps, notice, facts);
  if (facts !== null && ticket !== undefined && record.channel === 'sms')
    return await sendReceivedSms(deps, record, facts, ticket);
  const written =
    facts === null || record.channel === 'sms' ? null : await write(deps, notice, facts, ticket);
  if (facts === null || written === null) {
    await deps.notifications.markFailed(record.id, 'outdated: there is nothing to say any more');
    return null;
  }
  const { to, matter } = written;
  const letter = transferLetterOf({
    matter,
    transfer: facts.transfer,
    booking: facts.booking,
    name: to.name,
  });
  return await deps.email.send({
    id: record.id,
    to,
    subject: letter.subject,
    text: letterText(letter),
    html: letterHtml(letter),
    attachments:
      ticket === undefined
        ? []
        : await ticketAttachments(deps, facts.booking, [ticket], ['tickets', 'calendar']),
  });
};

const factsOf = async (
  { transferLetters: { users }, bookings }: SendTransferNewsDeps,
  transfer: Transfer,
): Promise<Facts | null> => {
  const [booking, sender] = await Promise.all([
    bookings.find(transfer.bookingId),
    users.find(transfer.senderId),
  ]);
  return booking === null || sender === null ? null : { transfer, booking, sender };
};

/** Only while it is the receiver's own: once it was passed on or given back its code is nobody's business. */
const receivedTicket = async (
  deps: SendTransferNewsDeps,
  { kind }: TransferNotice,
  { transfer: { newTicketId }, booking }: Facts,
): Promise<LetterTicket[]> =>
  kind !== 'transfer_received' || newTicketId === null ? [] : await heldTickets(deps, booking, newTicketId);

const sendReceivedSms = (
  deps: SendTransferNewsDeps,
  record: Omit<TransferNotification, 'notice'>,
  { transfer, booking }: Facts,
  { ticketId }: LetterTicket,
): Promise<SendResult | null> => {
  const { smsTo, receiverId, organizationId } = transfer;
  const counted = { phone: smsTo, person: receiverId, organizationId };
  return sendSmsOnce(deps, record, counted, async () =>
    smsOf('transfer_received', booking, 1, await mintTicketLink(deps, booking, ticketId)),
  );
};

type Written = {
  readonly to: { readonly email: string; readonly name: string | null };
  readonly matter: TransferMatter;
};

const write = async (
  deps: SendTransferNewsDeps,
  { kind }: TransferNotice,
  { transfer, sender }: Facts,
  ticket: LetterTicket | undefined,
): Promise<Written | null> => {
  const from = calledBy(sender);
  switch (kind) {
    case 'transfer_offered':
      return await writeOffer(deps, transfer, from);
    case 'transfer_received': {
      if (ticket === undefined || transfer.receiverId === null) return null;
      const receiver = await deps.transferLetters.users.find(transfer.receiverId);
      if (receiver === null) return null;
      return { to: { email: transfer.email, name: calledBy(receiver) }, matter: { kind, from, ticket } };
    }
    case 'transfer_withdrawn':
      return { to: { email: transfer.email, name: null }, matter: { kind, from } };
    default:
      return { to: { email: sender.email, name: from }, matter: { kind } };
  }
};

/** Its token is minted here and only its hash is kept; a letter that is sent again brings another one. */
const writeOffer = async (
  { transferLetters: { transfers, saleEvents, mailTokenSource }, clock }: SendTransferNewsDeps,
  { id, status, email, eventId }: Transfer,
  from: string,
): Promise<Written | null> => {
  const event = await saleEvents.find(eventId);
  if (status !== 'open' || event === null || whyNotTransferable(event, clock.now()) !== null) return null;
  const { token, hash } = mailTokenSource.mint();
  if (!(await transfers.addToken(id, hash))) return null;
  const matter = { kind: 'transfer_offered', from, token, expiresAt: transferDeadline(event) } as const;
  return { to: { email, name: null }, matter };
};

const calledBy = ({ profile, username }: User): string => profile.name ?? username;
