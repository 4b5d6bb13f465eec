import { notify } from '../notifications/notify.ts';
import { createRefund } from '../refunds/create-refund.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { captureOf, movedMeanwhile } from './confirm-bookings.ts';
import { type EndBookingDeps, endBooking } from './end-booking.ts';
import type { FinalizeItem } from './finalize-state.ts';
import { reportLateMoney } from './report-late-money.ts';
import type { SaleDeps } from './sale-deps.ts';
import { settleStuck } from './stuck-payment.ts';

export type RefundArrivedDeps = EndBookingDeps &
  Pick<SaleDeps, 'ids' | 'payments' | 'refunds' | 'incidents' | 'notifications'>;

/**
 * Money has come for which there are no tickets: takes it down, ends the booking if it still goes on, sends all of it back
 * and tells the buyer why (`eventOver`: there are no tickets for the event any more). Throws (and so aborts `tx`) when the
 * payment has moved meanwhile.
 */
export const refundArrived = async (
  deps: RefundArrivedDeps,
  tx: Tx,
  item: FinalizeItem,
  eventOver = item.eventStatus === 'draft' || item.eventStatus === 'completed',
): Promise<void> => {
  const { booking, payment, money, eventStatus } = item;
  if (payment === null || money === null) return;
  if ((await deps.payments.markCaptured(tx, captureOf(item))) !== 1) throw movedMeanwhile();
  const cancelled = eventStatus === 'cancelled';
  if (booking.status === 'pending') await deps.bookings.markClosing(tx, booking.id, 'event');
  if (booking.status === 'pending' || booking.status === 'closing')
    await endBooking(deps, tx, booking, 'cancelled');
  const refund = await createRefund(deps, tx, {
    refundId: deps.ids.next('rfd'),
    payment: {
      ...payment,
      intentId: money.intentId,
      captured: money.amount,
      capturedCurrency: money.currency,
    },
    amount: money.amount,
    reason: cancelled ? 'event_cancelled' : 'late_money',
  });
  await deps.bookings.noteLateRefund(tx, booking.id);
  await settleStuck(deps, tx, booking, 'paid, and refunded');
  // What a cancelled event owes is counted by its own record; a person need not look at each.
  if (!cancelled) await reportLateMoney(deps, tx, booking, 'refunded', refund.amount);
  await notify(deps, tx, {
    kind: 'late_payment_refunded',
    bookingId: booking.id,
    amount: refund.amount,
    reason: cancelled
      ? 'event_cancelled'
      : booking.status === 'cancelled' || booking.closeReason === 'buyer'
        ? 'booking_cancelled'
        : eventOver
          ? 'event_over'
          : 'units_gone',
  });
};
