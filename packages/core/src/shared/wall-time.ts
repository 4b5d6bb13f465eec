import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** A time as people at a place read it off the wall: `2026-12-31T20:00` in the IANA zone `Europe/Berlin`. */
export type WallTime = { readonly local: string; readonly zone: string };

const isZone = (zone: string): boolean => {
  try {
    Temporal.Now.zonedDateTimeISO(zone);
    return zone.includes('/') || zone === 'UTC';
  } catch {
    return false;
  }
};

export const zoneSchema = z.string().refine(isZone, 'must be an IANA time zone, for example Europe/Berlin');

export const wallTimeSchema = z
  .object({
    local: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/, 'must look like 2026-12-31T20:00'),
    zone: zoneSchema,
  })
  .refine(({ local, zone }) => instantOf({ local, zone }) !== null, {
    message: 'does not exist in that zone: the clocks skip this time that day (or there is no such date)',
    path: ['local'],
  });

/**
 * The instant of a wall time. Of a time that happens twice (clocks go back) the earlier one; of a time that the clocks
 * skip, or of no real date, null.
 */
export const instantOf = ({ local, zone }: WallTime): Date | null => {
  try {
    const plain = Temporal.PlainDateTime.from(local, { overflow: 'reject' });
    const zoned = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
    return zoned.toPlainDateTime().equals(plain) ? new Date(zoned.epochMilliseconds) : null;
  } catch {
    return null;
  }
};

/** What the wall shows in a zone at an instant, to the second. */
export const wallTimeAt = (at: Date, zone: string): WallTime => ({
  local: Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' }),
  zone,
});

/**
 * The wall time that is as long before `to` as `time` is before `from`, by clocks on walls: 10:00 stays 10:00 when the clocks change in between. One
 * that they skip becomes the one after the gap.
 */
export const movedAlong = (time: WallTime, from: WallTime, to: WallTime): WallTime => {
  const plain = ({ local }: WallTime) => Temporal.PlainDateTime.from(local);
  const moved = plain(time)
    .add(plain(from).until(plain(to)))
    .toZonedDateTime(time.zone);
  return { local: moved.toPlainDateTime().toString({ smallestUnit: 'second' }), zone: time.zone };
};
