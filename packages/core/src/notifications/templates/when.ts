/** Of an event that was put off, in the place of day and time. */
export const DATE_OPEN = { day: 'Date to be announced', time: null } as const;

/** `local` (2026-12-31T20:00) as people at the venue say it; no conversion takes place, so no clock change can shift it. */
export const wallDay = (local: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(asUtc(local));

/** `20:00 (Berlin time)`: the hour on the wall of the venue, and whose wall that is. */
export const wallTime = ({ local, zone }: { local: string; zone: string }): string =>
  `${local.slice(11, 16)} (${zone === 'UTC' ? 'UTC' : `${placeOf(zone)} time`})`;

/** `30 December 2026 at 18:00 UTC`: to people of whom no place is known. */
export const utcMoment = (at: Date): string =>
  `${new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;

const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

const asUtc = (local: string): Date => new Date(`${local.slice(0, 16)}:00Z`);
