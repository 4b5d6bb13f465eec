import { describe, expect, test } from 'vitest';
import { instantOf, movedAlong, wallTimeSchema, zoneSchema } from './wall-time.ts';

const berlin = (local: string) => ({ local, zone: 'Europe/Berlin' });

describe('instantOf', () => {
  test.each([
    ['winter time', '2026-12-31T20:00', '2026-12-31T19:00:00.000Z'],
    ['summer time', '2026-07-01T20:00', '2026-07-01T18:00:00.000Z'],
    ['with seconds', '2026-07-01T20:00:30', '2026-07-01T18:00:30.000Z'],
    ['midnight is the first minute of its own day', '2026-07-01T00:00', '2026-06-30T22:00:00.000Z'],
    ['the minute before midnight', '2026-06-30T23:59', '2026-06-30T21:59:00.000Z'],
    ['the last minute before the clocks go forward', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
    ['the first minute after they went forward', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
    ['a time that happens twice is the earlier one', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
    ['the first minute that happens once again', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
  ])('%s', (_name, local, instant) => {
    expect(instantOf(berlin(local))?.toISOString()).toBe(instant);
  });

  test.each([
    ['a time that the clocks skip', berlin('2026-03-29T02:30')],
    ['the 30th of February', berlin('2026-02-30T20:00')],
    ['hour 24', berlin('2026-02-03T24:00')],
    [
      'a day skipped as a whole (Samoa crossed the date line)',
      { local: '2011-12-30T12:00', zone: 'Pacific/Apia' },
    ],
    ['a midnight that the clocks skip', { local: '2018-11-04T00:00', zone: 'America/Sao_Paulo' }],
  ])('%s does not exist', (_name, wall) => {
    expect(instantOf(wall)).toBeNull();
  });

  test('an offset of three quarters of an hour is kept', () => {
    expect(instantOf({ local: '2026-01-01T12:00', zone: 'Asia/Kathmandu' })?.toISOString()).toBe(
      '2026-01-01T06:15:00.000Z',
    );
  });
});

test.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC'])('%s is a zone', (zone) => {
  expect(zoneSchema.safeParse(zone).success).toBe(true);
});

// An offset or an abbreviation has no rules for summer time, so an event in it would be off by an hour half of the year.
test.each(['+01:00', 'CET', 'Europe/Atlantis', '', 'berlin'])('%j is no zone', (zone) => {
  expect(zoneSchema.safeParse(zone).success).toBe(false);
});

test('a wall time that cannot be is refused at its place, with the reason', () => {
  const parsed = wallTimeSchema.safeParse(berlin('2026-03-29T02:30'));
  expect(parsed.error?.issues).toMatchObject([
    { path: ['local'], message: expect.stringContaining('clocks skip') },
  ]);
});

test.each(['2026-1-1T20:00', '2026-01-01 20:00', '2026-01-01T20:00Z', '2026-01-01'])(
  '%j is no wall time',
  (local) => {
    expect(wallTimeSchema.safeParse(berlin(local)).success).toBe(false);
  },
);

test.each([
  [
    'across a change of clocks',
    '2026-08-27T10:00',
    '2026-09-01T20:00',
    '2026-12-31T20:00',
    '2026-12-26T10:00:00',
  ],
  ['to an earlier date', '2026-08-27T10:00', '2026-09-01T20:00', '2026-07-01T19:00', '2026-06-26T09:00:00'],
  [
    'into a gap of the clocks',
    '2026-03-01T02:30',
    '2026-03-03T20:00',
    '2026-03-31T20:00',
    '2026-03-29T03:30:00',
  ],
])('a wall time moves along with another, %s', (_how, time, from, to, moved) => {
  expect(movedAlong(berlin(time), berlin(from), berlin(to))).toEqual(berlin(moved));
});
