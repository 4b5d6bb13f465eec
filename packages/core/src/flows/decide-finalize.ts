import type { Booking } from '../bookings/booking.ts';
import type { EventStatus } from '../events/event.ts';
import type { JobPayload } from '../jobs.ts';
import type { Payment } from '../payments/payment.ts';

/** What the provider reported; null: a free booking. */
export type ArrivedMoney = JobPayload<'booking.finalize'>['money'];

/**
 * confirm: tickets. nothing: it was done before, or another flow has it. mismatch: not what it costs, a person decides.
 * unexpected: on an intent that is not the booking's. refund: the event is cancelled, or the booking was given up before
 * the money came, or it has expired and the event is not on any more. late: the booking has expired, look for units again.
 * end_free: a free booking of a cancelled event.
 */
export type FinalizeDecision =
  | 'confirm'
  | 'nothing'
  | 'mismatch'
  | 'unexpected'
  | 'refund'
  | 'late'
  | 'end_free';

/** What to do when money came for a booking, or a free booking is to be confirmed. Pure. */
export const decideFinalize = (
  booking: Booking,
  payment: Payment | null,
  eventStatus: EventStatus,
  money: ArrivedMoney,
): FinalizeDecision => {
  if (money === null) return decideFree(booking, eventStatus);
  // What was taken outside the provider has no intent: money that names one came for something else.
  if (payment === null || payment.offline !== undefined) return 'unexpected';
  if (payment.intentId !== null && payment.intentId !== money.intentId) return 'unexpected';
  if (payment.status === 'captured') return 'nothing';
  if (money.amount !== payment.due.amount || money.currency !== payment.due.currency) return 'mismatch';
  if (eventStatus === 'cancelled') return 'refund';
  switch (booking.status) {
    case 'pending':
      return 'confirm';
    case 'closing':
      return eventStatus === 'completed' ? 'refund' : 'confirm';
    case 'expired':
      // Its buyer gave it up, and then it was freed by force: no tickets for who wants none.
      if (booking.closeReason === 'buyer') return 'refund';
      // A draft may be changed or deleted at any time, and a completed event is over: no new tickets for them.
      return eventStatus === 'published' || eventStatus === 'postponed' ? 'late' : 'refund';
    case 'cancelled':
      return 'refund';
    case 'confirmed':
      return 'unexpected';
  }
};

/** A free booking that is closing was given up by its buyer or its event: there is no money to honour. */
const decideFree = (booking: Booking, eventStatus: EventStatus): FinalizeDecision => {
  if (booking.paymentId !== null || booking.status !== 'pending') return 'nothing';
  return eventStatus === 'cancelled' ? 'end_free' : 'confirm';
};
