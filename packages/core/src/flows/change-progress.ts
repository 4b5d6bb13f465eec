import type { EventChange } from '../events/changes/event-change.ts';
import type { RefundSum } from '../refunds/ports.ts';
import { type Money, money } from '../shared/money.ts';

/** Of each currency in which money came: what goes back because of the change, what has been sent, and what could not be. */
export type MoneyBack = {
  readonly total: Money;
  readonly sent: Money;
  readonly failed: Money;
};

/** What an organizer sees of a change. */
export type ChangeProgress = Omit<EventChange, 'place' | 'revision'> & {
  /** One entry a currency; empty while nothing goes back. */
  readonly money: readonly MoneyBack[];
};

export const changeProgress = (
  { place: _place, revision: _revision, ...shown }: EventChange,
  sums: readonly RefundSum[],
): ChangeProgress => {
  const currencies = [...new Set(sums.map(({ currency }) => currency))].sort();
  return { ...shown, money: currencies.map((currency) => moneyBack(sums, currency)) };
};

const moneyBack = (sums: readonly RefundSum[], currency: string): MoneyBack => {
  const of = (counts: (status: RefundSum['status']) => boolean): Money =>
    money(
      sums
        .filter((sum) => sum.currency === currency && counts(sum.status))
        .reduce((all, { amount }) => all + amount, 0),
      currency,
    );
  return {
    total: of(() => true),
    sent: of((status) => status === 'settled'),
    failed: of((status) => status === 'failed' || status === 'cancelled'),
  };
};
