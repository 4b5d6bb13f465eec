import type { BookingNotice } from '@eventhorizon/core/notifications/notices/booking-notice';
import { bookingLetterOf } from '@eventhorizon/core/notifications/templates/booking-letter-of';
import type { LetterTicket } from '@eventhorizon/core/notifications/templates/letter';
import { bringsTickets, smsOf } from '@eventhorizon/core/notifications/templates/sms-of';
import type { EventChangeId, Id, RefundId, UserId } from '@eventhorizon/core/shared/ids';
import { sampleBooking, sampleSale } from '@eventhorizon/core/testing/sample-booking';
import { alsoBySms, byMail, type Sample } from '../sample.ts';

export const LINK = 'https://tickets.example/t/0123456789abcdefghjk';
const held = sampleBooking();
export const TICKETS: readonly LetterTicket[] = held.lines.map((line) => ({
  ticketId: line.ticketId,
  label: line.label,
  typeName: line.ticketTypeName,
  attendeeName: line.attendeeName,
  code: `EH1.${line.ticketId}.${'A'.repeat(60)}`,
}));
const about = { bookingId: held.id } as const;
const holderId = 'usr_01h455vb4pex5vsknk084s0007' as UserId;
const amount = { amount: 11_700, currency: 'EUR' };
const change = {
  ...about,
  changeId: 'chg_01h455vb4pex5vsknk084s0001' as EventChangeId,
  reason: 'The conductor has fallen ill.\nWe hope to see you all the same.',
  refundUntil: new Date('2026-12-14T17:00:00Z'),
} as const;
const cancelled = {
  kind: 'tickets_cancelled',
  ...about,
  revision: 3,
  by: 'buyer',
  labels: ['Stalls, row 4, seat 13'],
  whole: false,
  refund: { amount: { amount: 4_500, currency: 'EUR' }, byHand: false },
} as const satisfies BookingNotice;
const refund = { ...about, refundId: 'rfd_01h455vb4pex5vsknk084s0001' as RefundId, amount } as const;

const of = (
  notice: BookingNotice,
  name = '',
  { booking = held, tickets = TICKETS }: { booking?: typeof held; tickets?: readonly LetterTicket[] } = {},
): Sample => {
  const letter = bookingLetterOf({ notice, booking, tickets });
  const sms = bringsTickets(notice.kind) ? smsOf(notice.kind, booking, tickets.length, LINK) : undefined;
  return 'holderId' in notice ? byMail(name, letter) : alsoBySms(name, letter, sms);
};

const sold = sampleBooking({ sale: sampleSale });
const free = sampleBooking({
  lines: held.lines.map((line) => ({ ...line, amount: 0 })),
  total: { amount: 0, currency: 'EUR' },
});
const [first, second] = TICKETS.slice(0, 2);
const one = first === undefined ? [] : [first];
const two = second === undefined ? one : [...one, second];

/** What is told about a booking, in each of its forms. */
export const BOOKING_SAMPLES: { readonly [K in BookingNotice['kind']]: readonly Sample[] } = {
  booking_confirmed: [
    of({ kind: 'booking_confirmed', ...about }),
    of({ kind: 'booking_confirmed', ...about }, 'free', { booking: free }),
  ],
  payment_expired: [of({ kind: 'payment_expired', ...about })],
  late_payment_rebooked: [of({ kind: 'late_payment_rebooked', ...about })],
  late_payment_moved: [
    of({ kind: 'late_payment_moved', ...about, before: ['Stalls, row 1, seat 1', 'Stalls, row 1, seat 2'] }),
  ],
  late_payment_refunded: (['units_gone', 'event_over', 'event_cancelled', 'booking_cancelled'] as const).map(
    (reason) => of({ kind: 'late_payment_refunded', ...about, amount, reason }, reason),
  ),
  booking_resent: [
    of({ kind: 'booking_resent', ...about, number: 1, by: 'buyer' }),
    of({ kind: 'booking_resent', ...about, number: 1, by: 'buyer' }, 'one-ticket', {
      booking: sampleBooking({ lines: held.lines.slice(0, 1), total: { amount: 4_500, currency: 'EUR' } }),
      tickets: one,
    }),
  ],
  address_corrected: [
    of({
      kind: 'address_corrected',
      ...about,
      correctionId: 'ntf_01h455vb4pex5vsknk084s0002' as Id<'ntf'>,
      masked: 'a…@e…',
    }),
  ],
  tickets_cancelled: [
    of(cancelled, '', { tickets: two }),
    of({ ...cancelled, refund: null }, 'without-money', { tickets: one }),
    of(
      {
        ...cancelled,
        by: 'organizer',
        whole: true,
        labels: TICKETS.map(({ label }) => label),
        message: 'Sorry, we had to take out the row.',
        refund: { amount, byHand: true },
      },
      'whole-by-organizer',
    ),
    of({ ...cancelled, by: 'holder' }, 'by-holder', { tickets: two }),
  ],
  held_tickets_cancelled: [
    of({
      kind: 'held_tickets_cancelled',
      ...about,
      holderId,
      revision: 3,
      by: 'organizer',
      labels: ['Stalls, row 4, seat 13'],
      message: 'Sorry, we had to take out the row.',
    }),
  ],
  event_cancelled: [
    of({
      kind: 'event_cancelled',
      ...about,
      reason: 'The hall was flooded.',
      comesBack: { amount, byHand: false },
      unpaid: false,
    }),
    of(
      { kind: 'event_cancelled', ...about, reason: 'The hall was flooded.', comesBack: null, unpaid: true },
      'unpaid',
    ),
    of(
      {
        kind: 'event_cancelled',
        ...about,
        reason: 'The hall was flooded.',
        comesBack: null,
        unpaid: false,
        holderId,
      },
      'to-holder',
    ),
  ],
  event_postponed: [
    of({ kind: 'event_postponed', ...change }),
    of({ kind: 'event_postponed', ...change, holderId }, 'to-holder'),
  ],
  event_moved: [
    of({
      kind: 'event_moved',
      ...change,
      before: { local: '2026-12-30T20:00', zone: 'Europe/Berlin' },
    }),
    of(
      {
        kind: 'event_moved',
        ...change,
        holderId,
        before: { local: '2026-12-30T20:00', zone: 'Europe/Berlin' },
      },
      'to-holder',
      { tickets: one },
    ),
  ],
  refund_sent: [
    of({ kind: 'refund_sent', ...refund }),
    of({ kind: 'refund_sent', ...refund }, 'by-organizer', { booking: sold }),
  ],
  refund_failed: [of({ kind: 'refund_failed', ...refund })],
};
