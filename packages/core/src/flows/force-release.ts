import { DomainError } from '../shared/errors.ts';
import type { BookingId, OrganizationId } from '../shared/ids.ts';
import { type EndBookingDeps, endBooking } from './end-booking.ts';
import type { SaleDeps } from './sale-deps.ts';
import { settleStuck } from './stuck-payment.ts';

export type ForceReleaseDeps = EndBookingDeps & Pick<SaleDeps, 'unitOfWork' | 'payments' | 'incidents'>;

/**
 * An organizer frees the units of an unpaid booking although the bank has not decided. The payment is followed from here by
 * its own row (followPayment): cancelled if it can be, and should its money still come, settled as late money. Throws `thing.not_found` for another organization's booking and
 * `booking.bad_move` for one that is confirmed, over, or whose money has come.
 */
export const forceRelease = async (
  deps: ForceReleaseDeps,
  { organizationId, bookingId }: { readonly organizationId: OrganizationId; readonly bookingId: BookingId },
): Promise<void> => {
  await deps.unitOfWork.run(async (tx) => {
    const booking = await deps.bookings.find(bookingId, tx);
    if (booking === null || booking.organizationId !== organizationId)
      throw new DomainError('thing.not_found', { thing: 'booking' });
    const payment = booking.paymentId === null ? null : await deps.payments.find(booking.paymentId, tx);
    if (payment?.status === 'captured')
      throw new DomainError('booking.bad_move', { from: booking.status, to: 'expired' });
    if (booking.status === 'pending') await deps.bookings.markClosing(tx, bookingId, 'organizer');
    if (payment !== null) await deps.payments.seal(tx, payment.id);
    if (!(await endBooking(deps, tx, booking, 'expired')))
      throw new DomainError('booking.bad_move', { from: booking.status, to: 'expired' });
    await settleStuck(deps, tx, booking, 'freed by force');
    if (payment !== null)
      await deps.outbox.add(tx, [
        {
          job: 'payment.follow',
          payload: { bookingId },
          dueAt: deps.clock.now(),
          key: `follow:${bookingId}`,
        },
      ]);
  });
};
