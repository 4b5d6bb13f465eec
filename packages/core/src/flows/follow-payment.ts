import type { JobPayload } from '../jobs.ts';
import { type CancelPaymentDeps, cancelPayment } from './cancel-payment.ts';
import { done, type JobResult } from './job-result.ts';
import type { SaleDeps } from './sale-deps.ts';

export type FollowPaymentDeps = CancelPaymentDeps & Pick<SaleDeps, 'bookings'>;

/**
 * Job `payment.follow`: the payment of a booking that was freed by force. Its units are gone, but its intent may still be
 * paid, so it is cancelled, or followed until the bank has decided: money that comes is settled as late money, also when
 * no webhook tells of it. Does nothing once the payment is captured or cancelled.
 */
export const followPayment = async (
  deps: FollowPaymentDeps,
  { bookingId }: JobPayload<'payment.follow'>,
): Promise<JobResult> => {
  const booking = await deps.bookings.find(bookingId);
  // Any other status: the end of the booking, or its finalize, has the payment in hand.
  if (booking === null || booking.status !== 'expired' || booking.paymentId === null) return done;
  const payment = await deps.payments.find(booking.paymentId);
  if (payment === null || payment.status === 'captured' || payment.status === 'cancelled') return done;
  const outcome = await cancelPayment(deps, booking, payment);
  if (outcome !== 'cancelled') return outcome;
  await deps.unitOfWork.run((tx) => deps.payments.markCancelled(tx, payment.id));
  return done;
};
