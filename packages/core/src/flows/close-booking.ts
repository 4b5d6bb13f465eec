import type { Booking } from '../bookings/booking.ts';
import type { JobPayload } from '../jobs.ts';
import { notify } from '../notifications/notify.ts';
import { type CancelPaymentDeps, cancelPayment } from './cancel-payment.ts';
import { decideClose } from './decide-close.ts';
import { type EndBookingDeps, endBooking } from './end-booking.ts';
import { done, type JobResult, retryLater } from './job-result.ts';
import type { SaleDeps } from './sale-deps.ts';
import { settleStuck } from './stuck-payment.ts';

export type CloseBookingDeps = EndBookingDeps & CancelPaymentDeps & Pick<SaleDeps, 'ids' | 'notifications'>;

/**
 * Job `booking.close`: the end of an unpaid booking. First `pending -> closing`, which seals the payment: no intent is
 * created or handed out after it. Then the intent is fetched (by its key when nobody knows whether it exists) and
 * cancelled, and only a confirmed cancel frees the claims. Paid meanwhile: finalize. A bank still deciding, or no answer:
 * the claims stay and the job comes back; only an organizer's forceRelease frees them.
 */
export const closeBooking = async (
  deps: CloseBookingDeps,
  { bookingId, reason }: JobPayload<'booking.close'>,
): Promise<JobResult> => {
  const booking = await deps.bookings.find(bookingId);
  if (booking === null) return done;
  const payment = booking.paymentId === null ? null : await deps.payments.find(booking.paymentId);
  const decision = decideClose(booking, payment, reason, deps.clock.now());
  if (decision.do === 'nothing') return done;
  if (decision.do === 'wait') return retryLater('the time to pay is not over', decision.ms);

  if (booking.status === 'pending') {
    const closing = await deps.unitOfWork.run(async (tx) => {
      if (!(await deps.bookings.markClosing(tx, bookingId, reason))) return false;
      if (booking.paymentId !== null) await deps.payments.seal(tx, booking.paymentId);
      return true;
    });
    if (!closing) return retryLater('the booking has moved meanwhile', 0);
  }
  const to = (booking.closeReason ?? reason) === 'unpaid' ? 'expired' : 'cancelled';
  if (booking.paymentId === null) return settle(deps, booking, to);
  // Read again: until it was sealed, an attempt or an intent may have been noted.
  const sealed = await deps.payments.find(booking.paymentId);
  const outcome = sealed === null ? 'cancelled' : await cancelPayment(deps, booking, sealed);
  return outcome === 'cancelled' ? settle(deps, booking, to) : outcome;
};

/** No money can come any more: the booking ends and its units are free. */
const settle = async (
  deps: CloseBookingDeps,
  booking: Booking,
  to: 'expired' | 'cancelled',
): Promise<JobResult> => {
  await deps.unitOfWork.run(async (tx) => {
    if (!(await endBooking(deps, tx, booking, to))) return;
    if (booking.paymentId !== null) {
      await deps.payments.markCancelled(tx, booking.paymentId);
      await settleStuck(deps, tx, booking, 'not paid');
    }
    if (to === 'expired') await notify(deps, tx, { kind: 'payment_expired', bookingId: booking.id });
  });
  return done;
};
