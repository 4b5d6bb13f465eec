import type { Booking } from '../../bookings/booking.ts';
import { fitSms } from './fit-sms.ts';

const OPENINGS = {
  booking_confirmed: '',
  late_payment_rebooked: 'paid late, confirmed: ',
  late_payment_moved: 'paid late, other places: ',
  transfer_received: 'passed on to you: ',
} as const;

/** Notices that bring tickets, and so a link to them. */
export type TicketNoticeKind = keyof typeof OPENINGS;

export const bringsTickets = (kind: string): kind is TicketNoticeKind => Object.hasOwn(OPENINGS, kind);

/**
 * `EVT-7K3M9Q: 3 tickets for The Winter Concert, 31 Dec 20:00 https://…`. Every message costs money: a title is shortened until it
 * fits. Of an event that was put off no day is said. The link stands last, because programs take a full stop behind it for a part of it.
 */
export const smsOf = (
  kind: TicketNoticeKind,
  { reference, event: { title, startsAt } }: Pick<Booking, 'reference' | 'event'>,
  ticketCount: number,
  link: string,
  dateOpen = false,
): string => {
  const { local } = startsAt;
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${local.slice(0, 16)}:00Z`),
  );
  const said = (name: string): string =>
    `${reference}: ${OPENINGS[kind]}${ticketCount} ticket${ticketCount === 1 ? '' : 's'} for ${name}${dateOpen ? '' : `, ${day} ${local.slice(11, 16)}`} ${link}`;
  return fitSms(title, said);
};
