import { describe, expect, test } from 'vitest';
import type { EventChangeId, UserId } from '../../shared/ids.ts';
import { sampleBooking } from '../../testing/sample-booking.ts';
import type { EventChangeNotice } from '../notices/event-change-notice.ts';
import { bookingLetterOf } from './booking-letter-of.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';

const booking = sampleBooking();
const tickets = booking.lines.map(({ ticketId, label, ticketTypeName, attendeeName }) => ({
  ticketId,
  label,
  typeName: ticketTypeName,
  attendeeName,
  code: 'EH1.code',
}));
const holderId = 'usr_01h455vb4pex5vsknk084s0001' as UserId;
const change = {
  bookingId: booking.id,
  changeId: 'chg_01h455vb4pex5vsknk084s0001' as EventChangeId,
  reason: 'The singer is ill.',
  refundUntil: new Date('2026-12-14T11:00:00Z'),
};
const cancelled = {
  kind: 'event_cancelled',
  bookingId: booking.id,
  reason: 'The hall is flooded.',
  comesBack: { amount: booking.total, byHand: false },
  unpaid: false,
} as const;
const textOf = (notice: EventChangeNotice): string =>
  letterText(bookingLetterOf({ notice, booking, tickets }));

describe('a cancelled event', () => {
  test('says what comes back, and how', () => {
    expect(textOf(cancelled)).toContain('117.00 EUR goes back to the card');
    expect(textOf({ ...cancelled, comesBack: { amount: booking.total, byHand: true } })).toContain(
      'The organizer took the money for this booking, and gives 117.00 EUR back',
    );
    expect(textOf({ ...cancelled, comesBack: null, unpaid: true })).toContain('You have not paid yet');
    expect(textOf({ ...cancelled, comesBack: null })).toContain('no payment of this booking');
  });

  test('tells whom a ticket was passed on to nothing of the money of who paid', () => {
    const text = textOf({ ...cancelled, holderId });
    expect(text).not.toContain('117.00');
    expect(text).toContain('The money goes back to whoever bought the ticket.');
    expect(text).toContain('The hall is flooded.');
  });
});

test('what the organizer writes is quoted line by line, told apart from what we say, and is no list', () => {
  const reason = 'The singer is ill.\r\n\nWe are <b>sorry</b>.';
  const letter = bookingLetterOf({ notice: { ...cancelled, reason }, booking, tickets });
  expect(letterText(letter)).toContain(
    'The organizer writes:\n> The singer is ill.\n> We are <b>sorry</b>.\n\n',
  );
  expect(letterHtml(letter)).toMatch(/>The singer is ill\.<\/p><p [^>]*>We are &lt;b&gt;sorry&lt;\/b&gt;\.</);
  expect(letterHtml(letter)).not.toContain('<li>');
});

test('of a postponed event stands no date above the letter, and until when everything goes back', () => {
  const letter = bookingLetterOf({ notice: { ...change, kind: 'event_postponed' }, booking, tickets });
  expect(letter.event).toMatchObject({ day: 'Date to be announced', time: null });
  expect(letterHtml(letter)).toContain('Date to be announced</p>');
  expect(letterText(letter)).toContain('by Monday, 14 December 2026, 12:00 (Berlin time)');
});

describe('a new date', () => {
  const moved = {
    ...change,
    kind: 'event_moved',
    before: { local: '2026-11-30T20:00', zone: 'Europe/Berlin' },
  } as const;

  test('brings the tickets again, under the new date', () => {
    const text = textOf(moved);
    expect(text).toContain('takes place on Thursday, 31 December 2026');
    expect(text).toContain('It was to be on Monday, 30 November 2026');
    expect(text).toContain('EH1.code');
    expect(text).toContain('117.00 EUR');
  });

  test('brings whom a ticket was passed on to that ticket, and not what it cost', () => {
    const text = textOf({ ...moved, holderId });
    expect(text).toContain('EH1.code');
    expect(text).not.toContain('117.00');
    expect(text).toContain('give your ticket up by');
  });
});
