import { type Booking, linesLeft } from './booking.ts';
import type { OrganizerSale, SaleChannel } from './organizer-sale.ts';

/** One booking as an organizer's list shows it. */
export type SoldSummary = Pick<
  Booking,
  | 'id'
  | 'reference'
  | 'eventId'
  | 'status'
  | 'total'
  | 'payBy'
  | 'lateMoney'
  | 'createdAt'
  | 'confirmedAt'
  | 'endedAt'
> & {
  readonly buyer: Pick<Booking['buyer'], 'name' | 'email' | 'phone'>;
  /** As it was bought. */
  readonly units: number;
  /** Of these, whose tickets were not given up. */
  readonly unitsLeft: number;
  /** `online`: the buyer booked it. */
  readonly channel: 'online' | SaleChannel;
  /** The line of a list of attendees that it is. */
  readonly from: OrganizerSale['from'];
};

export const soldSummaryOf = (booking: Booking): SoldSummary => {
  const { id, reference, eventId, status, total, payBy, lateMoney, createdAt, confirmedAt, endedAt } =
    booking;
  const { name, email, phone } = booking.buyer;
  return {
    ...{ id, reference, eventId, status, total, payBy, lateMoney, createdAt, confirmedAt, endedAt },
    buyer: { name, email, phone },
    units: booking.lines.length,
    unitsLeft: linesLeft(booking).length,
    channel: booking.sale?.channel ?? 'online',
    from: booking.sale?.from ?? null,
  };
};
