import { Temporal } from 'temporal-polyfill';
import { wallStamp } from './ics-line.ts';

/** `+0100`; with seconds only where a zone has them. */
const offsetOf = (zoned: Temporal.ZonedDateTime): string => {
  const seconds = Math.abs(zoned.offsetNanoseconds / 1e9);
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const rest = seconds % 60 === 0 ? '' : two(seconds % 60);
  return `${zoned.offsetNanoseconds < 0 ? '-' : '+'}${two(seconds / 3600)}${two((seconds / 60) % 60)}${rest}`;
};

type Change = { readonly before: Temporal.ZonedDateTime; readonly after: Temporal.ZonedDateTime };

const observance = ({ before, after }: Change): string[] => {
  const kind = after.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD';
  // RFC 5545 §3.6.5: an observance starts at the wall time that the offset before it gives.
  const starts = after.toInstant().toZonedDateTimeISO('UTC').add({
    nanoseconds: before.offsetNanoseconds,
  });
  return [
    `BEGIN:${kind}`,
    `DTSTART:${wallStamp(starts.toPlainDateTime())}`,
    `TZOFFSETFROM:${offsetOf(before)}`,
    `TZOFFSETTO:${offsetOf(after)}`,
    `END:${kind}`,
  ];
};

const changeAt = (after: Temporal.ZonedDateTime): Change => ({
  before: after.subtract({ nanoseconds: 1 }),
  after,
});

/**
 * The VTIMEZONE of an IANA zone with the changes of the clock that matter between two instants: the one before the first, all
 * between them, and the next one. A zone whose clocks never changed has one observance from 1970 on.
 */
export const timeZoneLines = (zone: string, from: Date, until: Date): string[] => {
  const zoned = (at: Date) => Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  const first = zoned(from);
  // Exactly at a change the offset is already the new one, so that change counts as the one before.
  const previous = first.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const epoch = zoned(new Date(0));
  const changes: Change[] = previous === null ? [{ before: epoch, after: epoch }] : [changeAt(previous)];
  for (let next = first.getTimeZoneTransition('next'); next !== null; ) {
    changes.push(changeAt(next));
    if (next.epochMilliseconds > until.getTime()) break;
    next = next.getTimeZoneTransition('next');
  }
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...changes.flatMap(observance), 'END:VTIMEZONE'];
};
