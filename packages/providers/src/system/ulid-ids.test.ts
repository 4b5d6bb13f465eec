import { idSchema } from '@eventhorizon/core/shared/ids';
import { fakeClock } from '@eventhorizon/core/testing/fake-clock';
import { expect, test } from 'vitest';
import { systemClock } from './system-clock.ts';
import { ulidIds } from './ulid-ids.ts';

test('an id is one of its kind, in lower case', () => {
  expect(idSchema('bkg').safeParse(ulidIds(systemClock).next('bkg')).success).toBe(true);
});

test('ids sort by creation, also within one millisecond and when the clock steps back', () => {
  const clock = fakeClock();
  const ids = ulidIds(clock);
  const made = [0, 0, 0, 1, 0, -5_000, 0, 10_000, 0].map((ms) => {
    clock.advance(ms);
    return ids.next('evt');
  });
  expect(made).toEqual(made.toSorted());
  expect(new Set(made).size).toBe(made.length);
});

test('two sources do not make the same ids', () => {
  const clock = fakeClock();
  const [a, b] = [ulidIds(clock), ulidIds(clock)];
  const made = Array.from({ length: 1_000 }, () => [a.next('hld'), b.next('hld')]).flat();
  expect(new Set(made).size).toBe(2_000);
});

test('the system clock gives a new date each time', () => {
  const first = systemClock.now();
  first.setFullYear(1999);
  expect(systemClock.now().getFullYear()).toBeGreaterThan(2000);
});
