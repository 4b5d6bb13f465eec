import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { instantOf } from './wall-time.ts';

const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
);
const minute = fc.integer({ min: Date.UTC(2005, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 });

test('what the wall shows at an instant names that instant, or the same reading earlier', () => {
  fc.assert(
    fc.property(minute, zone, (at, timeZone) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(at * 60_000);
      const local = instant
        .toZonedDateTimeISO(timeZone)
        .toPlainDateTime()
        .toString({ smallestUnit: 'minute' });
      const found = instantOf({ local, zone: timeZone });
      expect(found).not.toBeNull();
      // Equal, except for the second pass of an hour that happens twice.
      const late = at * 60_000 - (found?.getTime() ?? 0);
      expect([0, 1_800_000, 3_600_000]).toContain(late);
    }),
    { numRuns: 500 },
  );
});
