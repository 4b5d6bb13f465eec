import type { Booking } from '../bookings/booking.ts';
import type { Payment } from '../payments/payment.ts';
import type { CreateIntent } from '../payments/ports.ts';

/**
 * What is asked of the provider for this attempt. Everything in it is frozen with the booking: the provider refuses the same
 * idempotency key with other parameters, and the end of a booking finds an unknown intent by asking the same again.
 */
export const intentRequest = (booking: Booking, payment: Payment): CreateIntent => ({
  bookingId: booking.id,
  paymentId: payment.id,
  eventId: booking.eventId,
  attempt: payment.attempt,
  due: payment.due,
  description: `${booking.reference} ${booking.event.title}`,
});
