import { expect, test } from 'vitest';
import { addMs, HOUR_MS } from '../shared/clock.ts';
import { draftEvent } from '../testing/draft-event.ts';
import { transferDeadline, whyNotTransferable } from './transfer-setting.ts';

const event = draftEvent({ status: 'published' });
const start = event.startsAt.at;
const HOUR_BEFORE = { allowed: true, endsBeforeStartMs: HOUR_MS };

test('an event that says nothing lets tickets be passed on until it starts', () => {
  expect(transferDeadline(event)).toEqual(start);
  expect(whyNotTransferable(event, addMs(start, -1))).toBeNull();
  expect(whyNotTransferable(event, start)).toBe('too_late');
});

test('an event may end it earlier, or not allow it', () => {
  const early = { ...event, transfers: HOUR_BEFORE };
  expect(whyNotTransferable(early, addMs(start, -HOUR_MS - 1))).toBeNull();
  expect(whyNotTransferable(early, addMs(start, -HOUR_MS))).toBe('too_late');
  const never = { ...event, transfers: { allowed: false, endsBeforeStartMs: 0 } };
  expect(whyNotTransferable(never, addMs(start, -HOUR_MS))).toBe('not_allowed');
});

test('a postponed event has no start yet, so nothing is too late', () => {
  const postponed = draftEvent({ status: 'postponed', transfers: HOUR_BEFORE });
  expect(transferDeadline(postponed)).toBeNull();
  expect(whyNotTransferable(postponed, addMs(start, HOUR_MS))).toBeNull();
});

test.each(['draft', 'cancelled', 'completed'] as const)(
  'tickets of a %s event are not passed on',
  (status) => {
    expect(whyNotTransferable(draftEvent({ status }), addMs(start, -HOUR_MS))).toBe('event_over');
  },
);
