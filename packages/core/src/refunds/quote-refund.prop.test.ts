import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RefundPolicy, RefundStep } from '../events/refund-policy.ts';
import { addMs, DAY_MS } from '../shared/clock.ts';
import type { TicketTypeId } from '../shared/ids.ts';
import { money } from '../shared/money.ts';
import { quoteRefund, type RefundableLine, type RefundTerms } from './quote-refund.ts';

const TYPES = ['tty_a', 'tty_b'] as TicketTypeId[];
const startsAt = new Date('2026-10-25T00:30:00Z');
const eur = (amount: number) => money(amount, 'EUR');

/** Any steps that an organizer may say. */
const steps = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 * DAY_MS }), fc.integer({ min: 0, max: 100 })), {
    maxLength: 4,
  })
  .map((pairs): RefundStep[] => {
    const untils = [...new Set(pairs.map(([until]) => until))].toSorted((a, b) => b - a);
    const percents = [...new Set(pairs.map(([, percent]) => percent))].toSorted((a, b) => b - a);
    return untils.slice(0, percents.length).map((untilMs, n) => ({ untilMs, percent: percents[n] ?? 0 }));
  });
const policy: fc.Arbitrary<RefundPolicy> = fc.record({
  steps,
  feesReturned: fc.boolean(),
  exceptions: fc.array(fc.record({ ticketTypeId: fc.constant(TYPES[1] as TicketTypeId), steps }), {
    maxLength: 1,
  }),
});
const line: fc.Arbitrary<RefundableLine> = fc.record({
  ticketTypeId: fc.constantFrom(...TYPES),
  price: fc.integer({ min: 0, max: 10_000 }).map(eur),
  fee: fc.integer({ min: 0, max: 500 }).map(eur),
});
const paid = (lines: readonly RefundableLine[]) =>
  lines.reduce((sum, { price, fee }) => sum + price.amount + fee.amount, 0);
const moment = fc.integer({ min: -40 * DAY_MS, max: 2 * DAY_MS }).map((ms) => addMs(startsAt, ms));
const shape = {
  lines: fc.array(line, { minLength: 1, maxLength: 5 }),
  policy,
  fullRefundUntil: fc.option(moment),
  sentBefore: fc.integer({ min: 0, max: 20_000 }),
  now: moment,
  later: fc.integer({ min: 0, max: 10 * DAY_MS }),
};

type Case = {
  readonly [K in keyof typeof shape]: (typeof shape)[K] extends fc.Arbitrary<infer T> ? T : never;
};

const eachCase = (holds: (terms: RefundTerms, one: Case) => void): void =>
  fc.assert(
    fc.property(fc.record(shape), (one) => {
      const refundable = eur(Math.max(0, paid(one.lines) - one.sentBefore));
      holds({ policy: one.policy, startsAt, fullRefundUntil: one.fullRefundUntil, refundable }, one);
    }),
  );

test('the parts of a quote sum to its total, none is more than was paid for it, and together never more than is refundable', () => {
  eachCase((terms, { lines, now }) => {
    const { parts, total } = quoteRefund(lines, terms, now);
    expect(parts.reduce((sum, { returned }) => sum + returned.amount, 0)).toBe(total.amount);
    expect(total.amount).toBeLessThanOrEqual(terms.refundable.amount);
    for (const [n, { returned }] of parts.entries()) {
      expect(returned.amount).toBeGreaterThanOrEqual(0);
      expect(returned.amount).toBeLessThanOrEqual(paid(lines.slice(n, n + 1)));
    }
  });
});

test('tickets given up one by one return as much as all at once, in whatever order', () => {
  eachCase((terms, { lines, now, sentBefore }) => {
    const atOnce = quoteRefund(lines, terms, now).total.amount;
    const turned = lines.map((_, n) => lines[(n + sentBefore) % lines.length] ?? lines[0]);
    let left = terms.refundable.amount;
    for (const each of turned)
      if (each !== undefined)
        left -= quoteRefund([each], { ...terms, refundable: eur(left) }, now).total.amount;
    expect(terms.refundable.amount - left).toBe(atOnce);
  });
});

test('waiting never brings more back, and nothing changes before the quote says so', () => {
  eachCase((terms, { lines, now, later }) => {
    const sooner = quoteRefund(lines, terms, now);
    const then = addMs(now, later);
    const after = quoteRefund(lines, terms, then);
    expect(after.total.amount).toBeLessThanOrEqual(sooner.total.amount);
    if (sooner.validUntil === null || then <= sooner.validUntil) expect(after.total).toEqual(sooner.total);
  });
});

test('while a moved event lets everybody go, everything that is refundable comes back', () => {
  eachCase((terms, { lines, now }) => {
    const { total } = quoteRefund(lines, { ...terms, fullRefundUntil: now }, now);
    expect(total.amount).toBe(Math.min(paid(lines), terms.refundable.amount));
  });
});
