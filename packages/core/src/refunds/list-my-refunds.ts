import { getBooking } from '../bookings/get-booking.ts';
import type { BookingStore } from '../bookings/ports.ts';
import type { BookingId, UserId } from '../shared/ids.ts';
import type { RefundStore } from './ports.ts';
import { forPayer, type PayerRefund } from './refund-view.ts';

/** The refunds of one's own booking, the oldest first. Throws `thing.not_found`. */
export const listMyRefunds = async (
  deps: {
    readonly bookings: Pick<BookingStore, 'find'>;
    readonly refunds: Pick<RefundStore, 'listOfBooking'>;
  },
  { userId, bookingId }: { readonly userId: UserId; readonly bookingId: BookingId },
): Promise<PayerRefund[]> => {
  await getBooking(deps, { bookingId, reader: { userId } });
  return (await deps.refunds.listOfBooking(bookingId)).map(forPayer);
};
