import type { Booking, CloseReason } from '../bookings/booking.ts';
import type { Payment } from '../payments/payment.ts';
import { MAX_INTENT_ATTEMPTS } from './obtain-intent.ts';

export type CloseDecision =
  | { readonly do: 'nothing' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'close' };

/**
 * A booking that could not be paid yet, because the provider was not ready, is not closed for it until this long after
 * checkout: in a rush the intents of the last buyers may be later than the first buyers' time to pay. Not so when the
 * provider has refused for good: nothing more is tried then.
 */
export const PREPARING_LIMIT_MS = 60 * 60_000;

/**
 * Whether the end of a booking has come. The booking's own `payBy` counts, which may have moved since the job was set. A
 * captured payment is never closed: its money has to end in tickets or in a refund, by finalize or by a person.
 */
export const decideClose = (
  booking: Booking,
  payment: Payment | null,
  reason: CloseReason,
  now: Date,
): CloseDecision => {
  if (booking.status !== 'pending' && booking.status !== 'closing') return { do: 'nothing' };
  if (payment?.status === 'captured') return { do: 'nothing' };
  if (booking.status === 'closing' || reason !== 'unpaid') return { do: 'close' };
  if (booking.payBy === null) return { do: 'nothing' };
  const preparing = payment !== null && payment.intentId === null && payment.attempt < MAX_INTENT_ATTEMPTS;
  const until = !preparing
    ? booking.payBy.getTime()
    : Math.max(booking.payBy.getTime(), booking.createdAt.getTime() + PREPARING_LIMIT_MS);
  const left = until - now.getTime();
  // Looked at again soon while preparing: the intent may come, and the time to pay with it.
  if (left > 0) return { do: 'wait', ms: preparing ? Math.min(left, 60_000) : left };
  return { do: 'close' };
};
