import type { Booking } from './booking.ts';
import type { Cancellation } from './cancellation.ts';
import type { OrganizerSale } from './organizer-sale.ts';

/** What an organizer sees of a booking. Of one it sold, not whether the address has an account, nor whom the units count against. */
export type SellerBooking = Omit<Booking, 'userId' | 'sale' | 'turn'> & {
  readonly userId?: Booking['userId'];
  readonly sale?: Omit<OrganizerSale, 'person' | 'adoptableBy'>;
};

/** What a buyer sees of a booking. Of an organizer's sale the channel alone: its notes and reasons are the organizer's own, as are the reasons for a cancellation. */
export type BuyerBooking = Omit<Booking, 'sale' | 'cancellations' | 'turn'> & {
  readonly sale?: Pick<OrganizerSale, 'channel'>;
  readonly cancellations?: readonly Omit<Cancellation, 'decided'>[];
};

export const forSeller = ({ userId, sale, turn: _turn, ...booking }: Booking): SellerBooking => {
  if (sale === undefined) return { ...booking, userId };
  const { person: _person, adoptableBy: _address, ...shown } = sale;
  return { ...booking, sale: shown };
};

export const forBuyer = ({ sale, cancellations, turn: _turn, ...booking }: Booking): BuyerBooking => ({
  ...booking,
  ...(sale !== undefined && { sale: { channel: sale.channel } }),
  ...(cancellations !== undefined && {
    cancellations: cancellations.map(({ decided: _unused, ...shown }) => shown),
  }),
});
