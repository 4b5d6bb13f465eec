import type { RefundPolicy, RefundStep } from '../events/refund-policy.ts';
import type { TicketTypeId } from '../shared/ids.ts';
import { addMoney, allocate, type Money, money, percentOf, sumMoney } from '../shared/money.ts';

/** What was paid for one ticket. `fee`: on top of its price. */
export type RefundableLine = {
  readonly ticketTypeId: TicketTypeId;
  readonly price: Money;
  readonly fee: Money;
};

export type RefundTerms = {
  readonly policy: RefundPolicy;
  readonly startsAt: Date;
  /** Until then, that instant included, everything goes back whatever the policy says: the event was moved. null: no such time. */
  readonly fullRefundUntil: Date | null;
  /** Captured and not refunded yet. More never goes back. */
  readonly refundable: Money;
};

export type QuotedPart = { readonly percent: number; readonly returned: Money };
export type RefundQuote = {
  /** Of each line, in their order; they sum to `total`. */
  readonly parts: readonly QuotedPart[];
  readonly total: Money;
  /** Until then, that instant included, nothing changes by time alone. null: for ever. */
  readonly validUntil: Date | null;
};

/**
 * What goes back for these lines at `now`. Each line is judged by itself, so giving tickets up one by one at one moment comes to the same as
 * all at once; and never more later than sooner. Pure.
 */
export const quoteRefund = (lines: readonly RefundableLine[], terms: RefundTerms, now: Date): RefundQuote => {
  const { policy, fullRefundUntil, refundable } = terms;
  const inFull = fullRefundUntil !== null && now <= fullRefundUntil;
  const judged = lines.map(({ ticketTypeId, price, fee }) => {
    const { percent, until } = inFull
      ? { percent: 100, until: fullRefundUntil }
      : stepAt(stepsFor(policy, ticketTypeId), terms.startsAt, now);
    const base = inFull || policy.feesReturned ? addMoney(price, fee) : price;
    return { percent, until, wanted: percentOf(base, percent) };
  });
  const wanted = sumMoney(
    judged.map((line) => line.wanted),
    refundable.currency,
  );
  const total = wanted.amount <= refundable.amount ? wanted : refundable;
  // Exactly what is wanted, unless less is there.
  const returned =
    judged.length === 0
      ? []
      : allocate(
          total,
          judged.map((line) => line.wanted.amount),
        );
  return {
    parts: judged.map(({ percent }, n) => ({
      percent,
      returned: returned[n] ?? money(0, refundable.currency),
    })),
    total,
    validUntil: judged.reduce<Date | null>((soonest, { until }) => sooner(soonest, until), null),
  };
};

const stepsFor = (policy: RefundPolicy, ticketTypeId: TicketTypeId): readonly RefundStep[] =>
  policy.exceptions.find((exception) => exception.ticketTypeId === ticketTypeId)?.steps ?? policy.steps;

/** The step that `now` is in, and its end; after the last one nothing goes back any more. */
const stepAt = (
  steps: readonly RefundStep[],
  startsAt: Date,
  now: Date,
): { readonly percent: number; readonly until: Date | null } => {
  for (const { untilMs, percent } of steps) {
    const until = new Date(startsAt.getTime() - untilMs);
    if (now <= until) return { percent, until };
  }
  return { percent: 0, until: null };
};

const sooner = (a: Date | null, b: Date | null): Date | null =>
  a === null ? b : b === null || a <= b ? a : b;
