import type { JobPayload } from '../jobs.ts';
import { done, type JobResult, retryLater } from './job-result.ts';
import { type ObtainIntentDeps, obtainIntent } from './obtain-intent.ts';

/**
 * Job `payment.prepare`: creates the intent that checkout could not, and starts the time to pay. Does nothing when there
 * is an intent already, or the booking is not pending any more.
 */
export const preparePayment = async (
  deps: ObtainIntentDeps,
  { bookingId }: JobPayload<'payment.prepare'>,
): Promise<JobResult> => {
  const booking = await deps.bookings.find(bookingId);
  if (booking === null || booking.status !== 'pending' || booking.paymentId === null) return done;
  const payment = await deps.payments.find(booking.paymentId);
  if (payment === null || payment.intentId !== null || payment.sealed) return done;

  const obtained = await obtainIntent(deps, booking, payment);
  switch (obtained.outcome) {
    case 'ready':
    case 'sealed':
      return done;
    case 'later':
      return retryLater(obtained.reason, obtained.retryAfterMs);
    case 'rejected':
      return obtained.final ? done : retryLater(obtained.reason);
  }
};
