import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../shared/clock.ts';
import { isOffering, isOverForGood, type OfferingEvent, offerEnd } from './offer-end.ts';

const now = new Date('2030-01-01T12:00:00Z');
const inMs = (ms: number): Date => new Date(now.getTime() + ms);
const startingIn = (ms: number, change: Partial<OfferingEvent> = {}): OfferingEvent => ({
  status: 'published',
  startsAt: { at: inMs(ms) },
  salesStartAt: null,
  salesEndAt: null,
  ...change,
});
const lastsMs = (event: OfferingEvent): number | null => {
  const end = offerEnd(event, now);
  return end === null ? null : end.getTime() - now.getTime();
};

test.each([
  [30 * DAY_MS, 12 * HOUR_MS],
  [48 * HOUR_MS, 12 * HOUR_MS],
  [24 * HOUR_MS, 6 * HOUR_MS],
  [4 * HOUR_MS, HOUR_MS],
  [40 * MINUTE_MS, 10 * MINUTE_MS],
  [40 * MINUTE_MS - 1, null],
  [-HOUR_MS, null],
])(
  'an offer made %d ms before the start lasts %d ms: less as it nears, none when nobody could answer',
  (left, lasts) => {
    expect(lastsMs(startingIn(left))).toBe(lasts);
  },
);

test('the event’s own time counts, and a sale that ends before the start ends offers with it', () => {
  const waitlist = { enabled: true, offerMs: HOUR_MS, mode: 'offer' } as const;
  expect(lastsMs(startingIn(30 * DAY_MS, { waitlist }))).toBe(HOUR_MS);
  expect(lastsMs(startingIn(30 * DAY_MS, { salesEndAt: inMs(8 * HOUR_MS) }))).toBe(2 * HOUR_MS);
});

test('an event that sells on after its start offers until the start only', () => {
  expect(lastsMs(startingIn(HOUR_MS, { salesEndAt: inMs(3 * HOUR_MS) }))).toBe(15 * MINUTE_MS);
});

test.each<Partial<OfferingEvent>>([
  { status: 'draft' },
  { status: 'postponed' },
  { status: 'cancelled' },
  { status: 'completed' },
  { salesStartAt: inMs(1) },
  { waitlist: { enabled: false, offerMs: HOUR_MS, mode: 'offer' } },
])('nothing is offered by an event that is %o', (change) => {
  expect(isOffering(startingIn(30 * DAY_MS, change), now)).toBe(false);
  expect(offerEnd(startingIn(30 * DAY_MS, change), now)).toBeNull();
});

test('who waits for a postponed event, a draft or a sale to come goes on waiting; the others are told that it is over', () => {
  const over = (change: Partial<OfferingEvent>, left = 30 * DAY_MS) =>
    isOverForGood(startingIn(left, change), now);
  expect(over({})).toBe(false);
  expect(over({ status: 'postponed' }, -DAY_MS)).toBe(false);
  expect(over({ status: 'draft' })).toBe(false);
  expect(over({ status: 'cancelled' })).toBe(true);
  expect(over({}, 39 * MINUTE_MS)).toBe(true);
});
