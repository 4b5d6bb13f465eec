import type { OwnBooking } from '../bookings/booking.ts';
import { type BookHoldCommand, type BookHoldDeps, bookHold } from './book-hold.ts';
import type { ObtainIntentDeps } from './obtain-intent.ts';
import { openPayment } from './open-payment.ts';
import type { PaymentStep } from './payment-step.ts';

export type CheckoutDeps = BookHoldDeps & ObtainIntentDeps;

/**
 * Turns a hold into a booking and gets it ready to be paid. Asked again with the same hold it answers with the same
 * booking and the present step. The provider is called after the units are safe, outside any lock; a provider that fails
 * costs nobody their seats. Errors: see bookHold.
 *
 * Budget, for any number of units: two round trips to Redis, eleven to Mongo (two reads, eight of one transaction, one for the intent); asked
 * again, one and two.
 */
export const checkout = async (
  deps: CheckoutDeps,
  command: BookHoldCommand,
): Promise<{ readonly booking: OwnBooking; readonly payment: PaymentStep }> => {
  const { booking, payment } = await bookHold(deps, command);
  const step = await openPayment(deps, booking, payment);
  const own = { ...booking, userId: command.userId };
  // The time to pay may just have moved.
  return 'payBy' in step && step.payBy !== booking.payBy
    ? { booking: { ...own, payBy: step.payBy }, payment: step }
    : { booking: own, payment: step };
};
