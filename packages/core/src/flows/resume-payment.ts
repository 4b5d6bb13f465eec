import { DomainError } from '../shared/errors.ts';
import type { BookingId, UserId } from '../shared/ids.ts';
import type { ObtainIntentDeps } from './obtain-intent.ts';
import { openPayment } from './open-payment.ts';
import type { PaymentStep } from './payment-step.ts';

/** A buyer comes back to pay: the present step, with the secret when there is something to pay. Own bookings only. */
export const resumePayment = async (
  deps: ObtainIntentDeps,
  { userId, bookingId }: { readonly userId: UserId; readonly bookingId: BookingId },
): Promise<PaymentStep> => {
  const booking = await deps.bookings.find(bookingId);
  if (booking === null || booking.userId !== userId)
    throw new DomainError('thing.not_found', { thing: 'booking' });
  const payment = booking.paymentId === null ? null : await deps.payments.find(booking.paymentId);
  return openPayment(deps, booking, payment);
};
