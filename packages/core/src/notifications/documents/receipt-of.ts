import type { Booking } from '../../bookings/booking.ts';
import { oneLine } from '../templates/one-line.ts';
import { pricesOf } from '../templates/price-lines.ts';
import { wallDay, wallTime } from '../templates/when.ts';
import type { Receipt } from './document.ts';

/**
 * The receipt of a booking that was paid; null for one that was free or was not paid. Pure; throws a RangeError when the booking's
 * prices do not add up.
 */
export const receiptOf = (booking: Booking, organizerName: string): Receipt | null => {
  const { confirmedAt, total, reference, buyer, sale } = booking;
  if (confirmedAt === null || total.amount === 0) return null;
  const { title, startsAt, venueName, venueAddress } = booking.event;
  const { lines, total: sum } = pricesOf(booking);
  return {
    reference,
    organizer: oneLine(organizerName),
    buyer: { name: oneLine(buyer.name), email: buyer.email === null ? null : oneLine(buyer.email) },
    title: oneLine(title),
    when: `${wallDay(startsAt.local)}, ${wallTime(startsAt)}`,
    venue: oneLine(venueName),
    address: oneLine(venueAddress),
    paidOn: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: startsAt.zone }).format(
      confirmedAt,
    ),
    lines,
    total: sum,
    notes: [
      ...(sale === undefined ? [] : ['Paid to the organizer directly, not through a payment provider.']),
      'Prices are what was paid, taxes included. This receipt is no invoice for tax purposes.',
      buyer.email === null
        ? 'Money that was paid back later is not shown here.'
        : 'Money that was sent back later is not shown here; each refund is told by an e-mail of its own.',
    ],
  };
};
