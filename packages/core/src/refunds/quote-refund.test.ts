import { expect, test } from 'vitest';
import type { RefundPolicy } from '../events/refund-policy.ts';
import { addMs, DAY_MS, HOUR_MS } from '../shared/clock.ts';
import type { TicketTypeId } from '../shared/ids.ts';
import { money } from '../shared/money.ts';
import { quoteRefund, type RefundTerms } from './quote-refund.ts';

const [ADULT, CHILD] = ['tty_adult', 'tty_child'] as TicketTypeId[] as [TicketTypeId, TicketTypeId];
const startsAt = new Date('2026-12-31T19:00:00Z');
const eur = (amount: number) => money(amount, 'EUR');

/** 100 % until 7 days, 50 % until 48 hours, then nothing; children until the start. */
const policy: RefundPolicy = {
  steps: [
    { untilMs: 7 * DAY_MS, percent: 100 },
    { untilMs: 48 * HOUR_MS, percent: 50 },
  ],
  feesReturned: false,
  exceptions: [{ ticketTypeId: CHILD, steps: [{ untilMs: 0, percent: 100 }] }],
};
const terms: RefundTerms = { policy, startsAt, fullRefundUntil: null, refundable: eur(100_000) };
const ticket = (price = 1_005, ticketTypeId = ADULT, fee = 0) => ({
  ticketTypeId,
  price: eur(price),
  fee: eur(fee),
});
const before = (ms: number) => addMs(startsAt, -ms);
const totalAt = (now: Date, change: Partial<RefundTerms> = {}, lines = [ticket()]) =>
  quoteRefund(lines, { ...terms, ...change }, now).total.amount;

test.each<[when: string, now: Date, returned: number]>([
  ['long before', before(30 * DAY_MS), 1_005],
  ['exactly 7 days before', before(7 * DAY_MS), 1_005],
  ['a millisecond later', addMs(before(7 * DAY_MS), 1), 503],
  ['exactly 48 hours before', before(48 * HOUR_MS), 503],
  ['a millisecond after that', addMs(before(48 * HOUR_MS), 1), 0],
  ['at the start', startsAt, 0],
])('%s: what the step says, which includes its last instant', (_when, now, returned) => {
  expect(totalAt(now)).toBe(returned);
});

test('a step is a length of time, not a number of nights: where clocks change in between, the instant counts', () => {
  // Berlin's clocks go back an hour at 2026-10-25T01:00Z, so the evening before is 25 hours away.
  const start = new Date('2026-10-25T19:00:00Z');
  const day: RefundPolicy = { ...policy, steps: [{ untilMs: DAY_MS, percent: 100 }] };
  const at = (iso: string) => totalAt(new Date(iso), { policy: day, startsAt: start });
  expect(at('2026-10-24T19:00:00Z')).toBe(1_005);
  expect(at('2026-10-24T19:00:00.001Z')).toBe(0);
});

test('an exception goes by its own steps beside the others', () => {
  const quote = quoteRefund([ticket(), ticket(700, CHILD)], terms, before(HOUR_MS));
  expect(quote.parts).toEqual([
    { percent: 0, returned: eur(0) },
    { percent: 100, returned: eur(700) },
  ]);
  expect(quote.validUntil).toEqual(startsAt);
});

test('fees are kept, or go back as the price does', () => {
  const lines = [ticket(1_000, ADULT, 100)];
  expect(totalAt(before(3 * DAY_MS), {}, lines)).toBe(500);
  expect(totalAt(before(3 * DAY_MS), { policy: { ...policy, feesReturned: true } }, lines)).toBe(550);
});

test('without steps nothing comes back', () => {
  expect(totalAt(before(300 * DAY_MS), { policy: { ...policy, steps: [] } })).toBe(0);
});

test('a moved event returns everything, fees too, until its time is over; then the policy holds again', () => {
  const until = before(HOUR_MS);
  const lines = [ticket(1_000, ADULT, 100)];
  expect(totalAt(until, { fullRefundUntil: until }, lines)).toBe(1_100);
  expect(totalAt(addMs(until, 1), { fullRefundUntil: until }, lines)).toBe(0);
});

test('less comes back where some of the money went back before, shared by what each would have got', () => {
  const quote = quoteRefund(
    [ticket(3_000), ticket(1_000)],
    { ...terms, refundable: eur(1_001) },
    before(30 * DAY_MS),
  );
  expect(quote.parts.map(({ returned }) => returned.amount)).toEqual([751, 250]);
});
