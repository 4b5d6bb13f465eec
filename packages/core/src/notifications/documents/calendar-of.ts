import { Temporal } from 'temporal-polyfill';
import type { Booking } from '../../bookings/booking.ts';
import { oneLine } from '../templates/one-line.ts';
import { contentLine, escapeText, utcStamp, wallStamp } from './ics-line.ts';
import type { Surroundings } from './surroundings.ts';
import { timeZoneLines } from './time-zone-lines.ts';

/**
 * The visit as an iCalendar file (RFC 5545). Start and end are wall times of the venue's zone, whose rules around them are in
 * the file (VTIMEZONE), so that a calendar shows them right wherever it is and whatever it knows of zones. Importing it again
 * replaces the entry: its UID is the booking's. Of an event that was put off it is the old time, as tentative. Pure.
 */
export const calendarOf = (
  booking: Booking,
  { endsAt, dateOpen = false }: Pick<Surroundings, 'endsAt' | 'dateOpen'>,
): string => {
  const { startsAt, title, venueName, venueAddress } = booking.event;
  const { zone } = startsAt;
  const time = (name: string, at: Date): string => {
    const wall = zonedOf(at, zone).toPlainDateTime();
    return zone === 'UTC' || happensTwice(wall, zone)
      ? `${name}:${utcStamp(at)}`
      : `${name};TZID=${zone}:${wallStamp(wall)}`;
  };
  const description = dateOpen
    ? `Booking ${booking.reference}. Postponed: the new date is not known yet. Your tickets stay valid.`
    : `Booking ${booking.reference}. Bring your tickets: they are in the e-mail that confirmed it.`;
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//EventHorizon//Tickets//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...(zone === 'UTC' ? [] : timeZoneLines(zone, startsAt.at, endsAt ?? startsAt.at)),
    'BEGIN:VEVENT',
    `UID:${booking.id}@eventhorizon`,
    `DTSTAMP:${utcStamp(booking.confirmedAt ?? booking.createdAt)}`,
    `SEQUENCE:${booking.revision}`,
    time('DTSTART', startsAt.at),
    ...(endsAt === null ? [] : [time('DTEND', endsAt)]),
    `SUMMARY:${escapeText(oneLine(title))}`,
    `LOCATION:${escapeText(`${oneLine(venueName)}, ${oneLine(venueAddress)}`)}`,
    `DESCRIPTION:${escapeText(description)}`,
    `STATUS:${dateOpen ? 'TENTATIVE' : 'CONFIRMED'}`,
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map(contentLine)
    .join('');
};

/** RFC 5545 §3.3.5 means the first of the two; not every calendar knows that, so such a time is written in UTC. */
const happensTwice = (wall: Temporal.PlainDateTime, zone: string): boolean =>
  !wall
    .toZonedDateTime(zone, { disambiguation: 'earlier' })
    .equals(wall.toZonedDateTime(zone, { disambiguation: 'later' }));

const zonedOf = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
