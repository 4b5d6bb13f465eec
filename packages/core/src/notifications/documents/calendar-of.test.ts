import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { instantOf } from '../../shared/wall-time.ts';
import { sampleBooking } from '../../testing/sample-booking.ts';
import { calendarOf } from './calendar-of.ts';

const bookingAt = (local: string, zone: string, title = 'A concert') => {
  const at = instantOf({ local, zone });
  if (at === null) throw new Error('no such time');
  const booking = sampleBooking();
  return { ...booking, event: { ...booking.event, title, startsAt: { local, zone, at } } };
};

/** What a calendar program that knows no zone but the file's makes of it. */
const read = (ics: string) => {
  const calendar = new ICAL.Component(ICAL.parse(ics));
  const zone = calendar.getFirstSubcomponent('vtimezone');
  const entry = calendar.getFirstSubcomponent('vevent');
  if (entry === null) throw new Error('no entry');
  const event = new ICAL.Event(entry);
  const own = zone === null ? null : new ICAL.Timezone(zone);
  const instant = (time: ICAL.Time): Date => {
    if (own !== null && time.zone !== ICAL.Timezone.utcTimezone) time.zone = own;
    return new Date(time.toUnixTime() * 1_000);
  };
  return { event, zone, start: instant(event.startDate), end: event.endDate && instant(event.endDate) };
};

describe('a calendar entry', () => {
  test.each([
    ['winter', '2026-12-31T20:00', 'Europe/Berlin'],
    ['summer', '2026-07-01T20:00', 'Europe/Berlin'],
    ['an hour before the clocks go forward', '2026-03-29T01:00', 'Europe/Berlin'],
    ['the moment after the clocks went forward', '2026-03-29T03:00', 'Europe/Berlin'],
    ['after the clocks went back', '2026-10-25T03:30', 'Europe/Berlin'],
    ['midnight in New York', '2026-11-01T00:00', 'America/New_York'],
    ['the southern summer', '2026-12-31T23:30', 'Australia/Lord_Howe'],
    ['half an hour off', '2026-06-01T19:00', 'Asia/Kolkata'],
    ['a zone without changes', '2026-06-01T19:00', 'Etc/GMT+5'],
    ['UTC', '2026-06-01T19:00', 'UTC'],
    ['Dublin, whose winter is the exception', '2026-01-15T19:00', 'Europe/Dublin'],
    ['Morocco in Ramadan', '2026-03-01T19:00', 'Africa/Casablanca'],
  ])('is at its instant and shows the wall time of the venue: %s', (_what, local, zone) => {
    const booking = bookingAt(local, zone);
    const { start, event } = read(calendarOf(booking, { endsAt: null }));
    expect(start).toEqual(booking.event.startsAt.at);
    expect(event.startDate.toString().slice(0, 16)).toBe(local);
  });

  test.each([
    ['2026-03-28T22:00', '2026-03-29T04:00'],
    ['2026-10-24T22:00', '2026-10-25T04:00'],
  ])('ends at its instant when the clocks change meanwhile: %s', (from, until) => {
    const endsAt = instantOf({ local: until, zone: 'Europe/Berlin' });
    const { end, event } = read(calendarOf(bookingAt(from, 'Europe/Berlin'), { endsAt }));
    expect(end).toEqual(endsAt);
    expect(event.endDate.toString().slice(0, 16)).toBe(until);
  });

  test('in the hour that happens twice is the first of the two, for readers of any mind', () => {
    const booking = bookingAt('2026-10-25T02:30', 'Europe/Berlin');
    const ics = calendarOf(booking, { endsAt: null });
    expect(read(ics).start).toEqual(booking.event.startsAt.at);
    expect(ics).toContain('DTSTART:20261025T003000Z');
  });

  test('twin: without the zone’s rules in the file a reader is off by the offset', () => {
    const booking = bookingAt('2026-12-31T20:00', 'Europe/Berlin');
    const bare = calendarOf(booking, { endsAt: null }).replace(/BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE\r\n/, '');
    const { event } = read(bare);
    expect(event.startDate.toUnixTime() * 1_000).not.toBe(booking.event.startsAt.at.getTime());
  });

  test('keeps strangers’ text inside its own line, folded at 75 octets, whatever it is', () => {
    const title = `${'ä, 山; \\n'.repeat(30)}\r\nATTENDEE:mailto:x@example.org\nEND:VCALENDAR`;
    const ics = calendarOf(bookingAt('2026-12-31T20:00', 'Europe/Berlin', title), { endsAt: null });
    const lines = ics.split('\r\n');
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(lines.filter((line) => /^(ATTENDEE|END:VCALENDAR)/.test(line))).toEqual(['END:VCALENDAR']);
    const { event } = read(ics);
    expect(event.summary).toBe(title.replace(/[\r\n]+/g, ' '));
    expect(event.location).toBe('Great Hall, Am Markt 1, 04109 Leipzig, Germany');
  });
});

test('the entry of an event that was put off is tentative, and says so', () => {
  const ics = calendarOf(sampleBooking(), { endsAt: null, dateOpen: true });
  expect(ics).toContain('STATUS:TENTATIVE');
  expect(ics).toContain('the new date is not known');
});
