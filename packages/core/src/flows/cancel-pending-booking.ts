import { DomainError } from '../shared/errors.ts';
import type { BookingId, UserId } from '../shared/ids.ts';
import type { SaleDeps } from './sale-deps.ts';

export type CancelPendingBookingDeps = Pick<
  SaleDeps,
  'unitOfWork' | 'outbox' | 'clock' | 'bookings' | 'payments'
>;

/**
 * A buyer gives an unpaid booking up, whole. It is `closing` from here on; the worker cancels the intent and frees the
 * units. Asked again it is nothing. Throws `thing.not_found` for another's booking and `booking.bad_move` for one that is
 * paid or over.
 */
export const cancelPendingBooking = async (
  deps: CancelPendingBookingDeps,
  { userId, bookingId }: { readonly userId: UserId; readonly bookingId: BookingId },
): Promise<void> => {
  await deps.unitOfWork.run(async (tx) => {
    const booking = await deps.bookings.find(bookingId, tx);
    if (booking === null || booking.userId !== userId)
      throw new DomainError('thing.not_found', { thing: 'booking' });
    if (booking.status === 'closing') return;
    if (!(await deps.bookings.markClosing(tx, bookingId, 'buyer')))
      throw new DomainError('booking.bad_move', { from: booking.status, to: 'cancelled' });
    if (booking.paymentId !== null) await deps.payments.seal(tx, booking.paymentId);
    await deps.outbox.add(tx, [
      {
        job: 'booking.close',
        payload: { bookingId, reason: 'buyer' },
        dueAt: deps.clock.now(),
        key: `close:${bookingId}:buyer`,
      },
    ]);
  });
};
