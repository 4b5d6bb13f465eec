import type { Booking } from '../../bookings/booking.ts';
import { formatMoney, type Money, money, sumMoney } from '../../shared/money.ts';
import type { Block } from './letter.ts';
import { oneLine } from './one-line.ts';

/**
 * The prices of a booking: equal tickets together, in the order of the booking. The sums printed add up to the total printed;
 * a booking of which they do not is refused with a RangeError, because no buyer may get such a letter.
 */
export const pricesOf = (booking: Pick<Booking, 'lines' | 'total'>): Extract<Block, { kind: 'prices' }> => {
  const { currency } = booking.total;
  const groups = new Map<string, { typeName: string; amount: number; count: number }>();
  for (const { ticketTypeId, ticketTypeName, amount } of booking.lines) {
    const key = `${ticketTypeId} ${amount}`;
    const group = groups.get(key) ?? { typeName: ticketTypeName, amount, count: 0 };
    groups.set(key, { ...group, count: group.count + 1 });
  }
  const sums = [...groups.values()].map((group) => ({
    ...group,
    sum: money(group.amount * group.count, currency),
  }));
  const total = sumMoney(
    sums.map(({ sum }) => sum),
    currency,
  );
  if (total.amount !== booking.total.amount)
    throw new RangeError(
      `the lines are ${formatMoney(total)} and the total is ${formatMoney(booking.total)}`,
    );
  return {
    kind: 'prices',
    lines: sums.map(({ typeName, amount, count, sum }) => ({
      what: `${count} × ${oneLine(typeName)}`,
      each: amount === 0 ? null : formatMoney(money(amount, currency)),
      sum: shown(sum),
    })),
    total: shown(booking.total),
  };
};

const shown = (price: Money): string => (price.amount === 0 ? 'Free' : formatMoney(price));
