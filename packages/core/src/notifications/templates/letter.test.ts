import { describe, expect, test } from 'vitest';
import { sampleBooking, sampleSale, sampleTickets } from '../../testing/sample-booking.ts';
import type { BookingNotice as Notice } from '../notices/booking-notice.ts';
import type { NotificationId } from '../notification.ts';
import { type AccountMatter, accountLetterOf } from './account-letter-of.ts';
import { bookingLetterOf } from './booking-letter-of.ts';
import { escapeHtml } from './html.ts';
import { type AccountLetter, type Letter, type LetterTicket, qrContentId } from './letter.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';

const ticketsOf = (booking: ReturnType<typeof sampleBooking>): LetterTicket[] =>
  sampleTickets(booking).map(({ id, label, ticketTypeName, attendeeName }) => ({
    ticketId: id,
    label,
    typeName: ticketTypeName,
    attendeeName,
    code: `EH1.payload.${id}`,
  }));

const booking = sampleBooking();
const confirmed: Notice = { kind: 'booking_confirmed', bookingId: booking.id };
const refundId = 'rfd_01h455vb4pex5vsknk084s0001' as Extract<Notice, { kind: 'refund_sent' }>['refundId'];
const amount = booking.total;
const change = {
  bookingId: booking.id,
  changeId: 'chg_01h455vb4pex5vsknk084s0001' as Extract<Notice, { kind: 'event_moved' }>['changeId'],
  reason: null,
  refundUntil: new Date('2026-12-14T11:00:00Z'),
};
const notices: { [K in Notice['kind']]: Notice } = {
  booking_confirmed: confirmed,
  booking_resent: { kind: 'booking_resent', bookingId: booking.id, number: 1, by: 'buyer' },
  address_corrected: {
    kind: 'address_corrected',
    bookingId: booking.id,
    correctionId: 'ntf_01h455vb4pex5vsknk084s0001' as NotificationId,
    masked: 'e…@e…',
  },
  payment_expired: { kind: 'payment_expired', bookingId: booking.id },
  late_payment_rebooked: { kind: 'late_payment_rebooked', bookingId: booking.id },
  late_payment_moved: {
    kind: 'late_payment_moved',
    bookingId: booking.id,
    before: ['Stalls, row 2, seat 1'],
  },
  late_payment_refunded: {
    kind: 'late_payment_refunded',
    bookingId: booking.id,
    amount,
    reason: 'units_gone',
  },
  event_cancelled: {
    kind: 'event_cancelled',
    bookingId: booking.id,
    reason: 'The singer is ill.\nWe are very sorry.',
    comesBack: { amount, byHand: false },
    unpaid: false,
  },
  event_postponed: { kind: 'event_postponed', ...change },
  event_moved: {
    kind: 'event_moved',
    ...change,
    before: { local: '2026-11-30T20:00', zone: 'Europe/Berlin' },
  },
  held_tickets_cancelled: {
    kind: 'held_tickets_cancelled',
    bookingId: booking.id,
    revision: 3,
    holderId: booking.userId,
    by: 'organizer',
    labels: ['Stalls, row 4, seat 12'],
    message: 'We are sorry.',
  },
  tickets_cancelled: {
    kind: 'tickets_cancelled',
    bookingId: booking.id,
    revision: 3,
    by: 'buyer',
    labels: ['Stalls, row 4, seat 12'],
    whole: false,
    refund: { amount: { amount: 2_250, currency: 'EUR' }, byHand: false },
  },
  refund_sent: { kind: 'refund_sent', bookingId: booking.id, refundId, amount },
  refund_failed: { kind: 'refund_failed', bookingId: booking.id, refundId, amount },
};

const HOSTILE = '"><img src=x onerror=alert(1)></title></style><script>alert(1)</script>\'`&';
const hostile = sampleBooking({
  buyer: { ...booking.buyer, name: HOSTILE },
  lines: booking.lines.map((line) => ({
    ...line,
    label: HOSTILE,
    ticketTypeName: HOSTILE,
    attendeeName: HOSTILE,
  })),
  event: { ...booking.event, title: HOSTILE, venueName: HOSTILE, venueAddress: HOSTILE },
});
/** The same booking with the same blanks filled in by somebody harmless. */
const harmless = sampleBooking({
  lines: booking.lines.map((line) => ({ ...line, ticketTypeName: 'Seat', attendeeName: 'Ada' })),
});
const tagsOf = (html: string): string[] => html.match(/<\/?[a-z!][^\s>]*/gi) ?? [];
const hostileHtml = letterHtml(
  bookingLetterOf({ notice: confirmed, booking: hostile, tickets: ticketsOf(hostile) }),
);
const harmlessHtml = letterHtml(
  bookingLetterOf({ notice: confirmed, booking: harmless, tickets: ticketsOf(harmless) }),
);

describe('names that are markup', () => {
  test('add no tag and no attribute to an e-mail', () => {
    const lineCount = (html: string) => tagsOf(html).filter((tag) => tag === '<img').length;
    expect(lineCount(hostileHtml)).toBe(3);
    // Concession and Adult have the hostile name alike but their own prices, as Seat has: the same tags, one by one.
    expect(tagsOf(hostileHtml)).toEqual(tagsOf(harmlessHtml));
    expect(hostileHtml).not.toMatch(/<[^>]*\sonerror=/i);
  });
  test('twin: without the escaping they do', () => {
    const raw = hostileHtml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"');
    expect(tagsOf(raw)).not.toEqual(tagsOf(harmlessHtml));
    expect(raw).toMatch(/<[^>]*\sonerror=/i);
  });
});

describe('names with line breaks and direction marks', () => {
  const tricky = 'Eve\r\nBcc: all@example.org\u2028and\u202Emore\u0000';
  const letter = bookingLetterOf({
    notice: confirmed,
    booking: sampleBooking({
      buyer: { ...booking.buyer, name: tricky },
      event: { ...booking.event, title: tricky },
    }),
    tickets: ticketsOf(booking),
  });
  test('cannot start a header of their own in the subject', () => {
    expect(letter.subject).not.toMatch(/[\p{Cc}\u2028]/u);
    expect(letter.subject).toContain('Eve Bcc: all@example.org');
  });
  test('cannot start a line of their own in the text', () => {
    expect(letterText(letter)).not.toMatch(/^Bcc:/m);
  });
  test('cannot turn the direction of what follows them', () => {
    expect(letterText(letter)).not.toContain('\u202e');
  });
});

const textOf = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

const factsOf = (letter: Letter | AccountLetter): string[] => [
  letter.heading,
  letter.greeting,
  ...(letter.event === null
    ? []
    : [letter.reference, ...Object.values(letter.event)].filter((fact) => fact !== null)),
  letter.footer,
  ...letter.blocks.flatMap((block) => {
    if (block.kind === 'list') return [block.title, ...block.items];
    if (block.kind === 'quote') return [block.title, ...block.lines];
    if (block.kind === 'tickets')
      return block.tickets.flatMap((t) => [
        t.label,
        t.typeName,
        ...(t.attendeeName === null ? [] : [t.attendeeName]),
      ]);
    if (block.kind === 'prices')
      return [block.total, ...block.lines.flatMap((line) => [line.what, line.each ?? '', line.sum])];
    return [block.kind === 'code' ? block.code : block.text];
  }),
];

describe.each(Object.values(notices))('the letter for $kind', (notice) => {
  const letter = bookingLetterOf({ notice, booking, tickets: ticketsOf(booking) });
  test('says everything in HTML and everything in plain text', () => {
    const html = textOf(letterHtml(letter));
    const text = letterText(letter).replace(/\s+/g, ' ');
    for (const fact of factsOf(letter)) {
      expect(html).toContain(fact);
      expect(text.toLowerCase()).toContain(fact.toLowerCase());
    }
  });
  test('names the event and the booking in its subject, and fits an SMS in its summary', () => {
    expect(letter.subject).toContain(booking.event.title);
    expect(letter.subject).toContain(booking.reference);
    expect(letter.summary.length).toBeLessThanOrEqual(160);
  });
});

describe('a refund of what an organizer took by hand', () => {
  test('says that the organizer paid it back, and nothing of a card', () => {
    const { refund_sent: notice } = notices;
    const sold = bookingLetterOf({ notice, booking: sampleBooking({ sale: sampleSale }), tickets: [] });
    const text = letterText(sold);
    expect(text).toContain('The organizer has paid 117.00 EUR back to you');
    expect(text).not.toMatch(/card|bank/i);
    expect(sold.subject).toContain('You were paid back');
    expect(letterText(bookingLetterOf({ notice, booking, tickets: [] }))).toMatch(/card/);
  });
});

describe('a confirmation', () => {
  const letter = bookingLetterOf({ notice: confirmed, booking, tickets: ticketsOf(booking) });
  test('shows each ticket once with its own picture, and its code in the text', () => {
    const html = letterHtml(letter);
    for (const { id } of sampleTickets(booking)) {
      expect(html.split(`src="cid:${qrContentId(id)}"`)).toHaveLength(2);
      expect(letterText(letter)).toContain(`EH1.payload.${id}`);
    }
  });
  test('says the time on the wall of the venue, whatever zone this process is in', () => {
    expect(letter.event.day).toBe('Thursday, 31 December 2026');
    expect(letter.event.time).toBe('20:00 (Berlin time)');
  });
  test('of an event just after midnight on the night of a clock change keeps its own day and hour', () => {
    const night = { local: '2026-10-25T00:30', zone: 'Europe/Berlin', at: new Date('2026-10-24T22:30:00Z') };
    const other = bookingLetterOf({
      notice: confirmed,
      booking: sampleBooking({ event: { ...booking.event, startsAt: night } }),
      tickets: [],
    });
    expect(other.event.day).toBe('Sunday, 25 October 2026');
    expect(other.event.time).toBe('00:30 (Berlin time)');
  });
  test('of a free booking says that it is free', () => {
    const free = sampleBooking({
      total: { amount: 0, currency: 'EUR' },
      lines: booking.lines.map((line) => ({ ...line, amount: 0 })),
    });
    const given = bookingLetterOf({ notice: confirmed, booking: free, tickets: ticketsOf(free) });
    expect(letterText(given)).toContain('2 × Adult: Free\n1 × Concession: Free\nTotal: Free');
    expect(letterText(given) + letterHtml(given)).not.toContain('0.00 EUR');
  });
  test('of a free ticket beside others says so on its line', () => {
    const [first, ...others] = booking.lines;
    if (first === undefined) throw new Error('the sample has no lines');
    const total = { amount: booking.total.amount - first.amount, currency: 'EUR' };
    const mixed = sampleBooking({ total, lines: [{ ...first, amount: 0 }, ...others] });
    const text = letterText(bookingLetterOf({ notice: confirmed, booking: mixed, tickets: [] }));
    expect(text).toContain(': Free\n');
    expect(text).not.toContain('Total: Free');
  });
  test('whose lines do not add up to the total is never written', () => {
    const wrong = sampleBooking({ total: { amount: 11_701, currency: 'EUR' } });
    expect(() => bookingLetterOf({ notice: confirmed, booking: wrong, tickets: [] })).toThrow(RangeError);
  });
});

const ACCOUNT_MATTERS: readonly AccountMatter[] = [
  { kind: 'verify_email', token: 'O6WeyLA-m52u1s1TBZkc78m_G1e5iq' },
  { kind: 'reset_password', token: 'O6WeyLA-m52u1s1TBZkc78m_G1e5iq' },
  { kind: 'change_email', token: 'c0de' },
  { kind: 'email_change_asked', other: 'n…@example.org' },
  { kind: 'email_changed', other: 'n…@example.org' },
  { kind: 'password_changed' },
  { kind: 'account_suspended' },
  { kind: 'account_reinstated' },
];

describe.each(ACCOUNT_MATTERS)('the letter about an account for $kind', (matter) => {
  const letter = accountLetterOf({ matter, name: 'Ada <b>', username: 'ada' });
  test('says everything in HTML and everything in plain text, and shows a code to nobody who only looks at the inbox', () => {
    const html = letterHtml(letter);
    const text = letterText(letter).replace(/\s+/g, ' ');
    for (const fact of factsOf(letter)) {
      expect(html).toContain(escapeHtml(fact));
      expect(text.toLowerCase()).toContain(fact.toLowerCase());
    }
    expect(html).not.toContain('<b>');
    if ('token' in matter) expect(letter.subject + letter.summary).not.toContain(matter.token);
  });
});
