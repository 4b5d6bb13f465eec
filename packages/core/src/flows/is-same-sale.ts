import type { Booking } from '../bookings/booking.ts';
import type { BoxOfficeSale } from '../bookings/box-office-input.ts';
import type { Payment } from '../payments/payment.ts';
import type { UserId } from '../shared/ids.ts';

/** The sale that is asked for, by whom, and every way its customer may be known under (see OrganizerSale's `person`). */
export type AskedSale = Pick<BoxOfficeSale, 'lines' | 'amount' | 'settlement' | 'channel' | 'buyer'> & {
  readonly soldBy: UserId;
  readonly persons: readonly (string | null)[];
};

/**
 * Whether this booking is what the repeated call sold: the same tickets for the same money, taken in the same way by the same
 * seller from the same customer. Another sale of the same hold must not be told that it worked: its money is on no record. The
 * address is compared as it was when it was sold, because a wrong one may have been corrected since. Pure.
 */
export const isSameSale = (
  { lines, total, sale, buyer }: Booking,
  payment: Pick<Payment, 'offline'> | null,
  asked: AskedSale,
): boolean => {
  const { settlement } = asked;
  const free = settlement.kind === 'complimentary';
  const method = payment?.offline?.method ?? null;
  return (
    sale !== undefined &&
    sale.soldBy === asked.soldBy &&
    sale.channel === (free ? 'complimentary' : asked.channel) &&
    sale.reason === (free ? settlement.reason : null) &&
    (method === null || (!free && method === settlement.method)) &&
    total.amount === asked.amount &&
    buyer.name === asked.buyer.name &&
    asked.persons.includes(sale.person) &&
    textOf(lines) === textOf(asked.lines)
  );
};

const textOf = (lines: readonly Pick<BoxOfficeSale['lines'][number], 'unitId' | 'ticketTypeId'>[]): string =>
  lines
    .map(({ unitId, ticketTypeId }) => `${unitId} ${ticketTypeId}`)
    .sort()
    .join('\n');
