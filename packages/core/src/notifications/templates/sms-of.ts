import type { Booking } from '../../bookings/booking.ts';
import { oneLine } from './one-line.ts';

/** The basic alphabet of GSM 03.38, and the characters that cost two of its places. Anything else makes the whole SMS UCS-2. */
const BASIC = /^[\n\r @£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}[\]~|\\€]*$/;
const DOUBLE = /[\^{}[\]~|\\€]/g;

/** Whether an SMS is one message in GSM's alphabet (160 places), or at most two in UCS-2 (67 units each, joined). */
const fits = (text: string): boolean =>
  BASIC.test(text) ? text.length + (text.match(DOUBLE)?.length ?? 0) <= 160 : text.length <= 2 * 67;

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
 * fits. The link stands last, because programs take a full stop behind it for a part of it.
 */
export const smsOf = (
  kind: TicketNoticeKind,
  { reference, event: { title, startsAt } }: Pick<Booking, 'reference' | 'event'>,
  ticketCount: number,
  link: string,
): string => {
  const { local } = startsAt;
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${local.slice(0, 16)}:00Z`),
  );
  const said = (name: string): string =>
    `${reference}: ${OPENINGS[kind]}${ticketCount} ticket${ticketCount === 1 ? '' : 's'} for ${name}, ${day} ${local.slice(11, 16)} ${link}`;
  const name = oneLine(title);
  if (fits(said(name))) return said(name);
  const letters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name)].map(
    ({ segment }) => segment,
  );
  for (let kept = letters.length - 1; kept > 0; kept -= 1) {
    const short = said(`${letters.slice(0, kept).join('').trimEnd()}...`);
    if (fits(short)) return short;
  }
  return said('...');
};
