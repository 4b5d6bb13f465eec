import { z } from 'zod';
import type { UserId } from '../shared/ids.ts';
import { type Page, pageRequestSchema } from '../shared/page.ts';
import { BOOKING_STATUSES, type Booking, linesLeft } from './booking.ts';
import type { BookingStore } from './ports.ts';

export const listMyBookingsInput = pageRequestSchema.extend({
  status: z.enum(BOOKING_STATUSES).nullable().default(null),
});
export type ListMyBookingsInput = z.output<typeof listMyBookingsInput>;

/** One booking as a history shows it. */
export type BookingSummary = Pick<
  Booking,
  | 'id'
  | 'reference'
  | 'eventId'
  | 'status'
  | 'event'
  | 'total'
  | 'payBy'
  | 'lateMoney'
  | 'createdAt'
  | 'confirmedAt'
  | 'endedAt'
> & {
  /** As it was bought. */
  readonly units: number;
  /** Of these, whose tickets were not given up. */
  readonly unitsLeft: number;
};

/** An account's bookings, newest first; `total` counts all of them that match. */
export const listMyBookings = async (
  { bookings }: { readonly bookings: Pick<BookingStore, 'listOfUser' | 'countOfUser'> },
  { userId, status, ...page }: ListMyBookingsInput & { readonly userId: UserId },
): Promise<Page<BookingSummary> & { readonly total: number }> => {
  const [{ items, nextCursor }, total] = await Promise.all([
    bookings.listOfUser(userId, { status }, page),
    bookings.countOfUser(userId, { status }),
  ]);
  return { items: items.map(summaryOf), nextCursor, total };
};

const summaryOf = (booking: Booking): BookingSummary => ({
  id: booking.id,
  reference: booking.reference,
  eventId: booking.eventId,
  status: booking.status,
  event: booking.event,
  total: booking.total,
  payBy: booking.payBy,
  lateMoney: booking.lateMoney,
  createdAt: booking.createdAt,
  confirmedAt: booking.confirmedAt,
  endedAt: booking.endedAt,
  units: booking.lines.length,
  unitsLeft: linesLeft(booking).length,
});
