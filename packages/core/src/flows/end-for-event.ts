import type { Booking } from '../bookings/booking.ts';
import type { ChangeCounts, EventChange } from '../events/changes/event-change.ts';
import type { EventChangeNotice } from '../notifications/notices/event-change-notice.ts';
import { notifyAll } from '../notifications/notify.ts';
import { notifyBuyers } from '../notifications/notify-buyers.ts';
import { type Payment, refundableOf } from '../payments/payment.ts';
import { createRefund } from '../refunds/create-refund.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { movedMeanwhile } from './confirm-bookings.ts';
import { type EndBookingDeps, endBooking } from './end-booking.ts';
import { type GivenUp, type GiveUpTicketsDeps, giveUpTickets } from './give-up-tickets.ts';
import { openIncident } from './open-incident.ts';
import { otherHolders } from './other-holders.ts';
import type { SaleDeps } from './sale-deps.ts';

export type EndForEventDeps = EndBookingDeps & GiveUpTicketsDeps & Pick<SaleDeps, 'incidents'>;

type Reached = Partial<ChangeCounts>;

/**
 * A booking of a cancelled event is ended, as part of `tx`: one that is paid (or free) gives up its tickets and gets everything back that can
 * go back; one that is not goes the way of unpaid ones, and its money, should it come, goes back in full. Its buyer is told. null: nothing
 * is left to do.
 */
export const endForEvent = async (
  deps: EndForEventDeps,
  tx: Tx,
  change: EventChange,
  booking: Booking,
): Promise<Reached | null> => {
  const payment = booking.paymentId === null ? null : await deps.payments.find(booking.paymentId, tx);
  switch (booking.status) {
    case 'confirmed':
      return giveUp(deps, tx, change, booking, payment);
    case 'pending':
    case 'closing':
      if (payment?.status === 'captured') return sendBack(deps, tx, change, booking, payment);
      return booking.status === 'pending' ? close(deps, tx, change, booking) : null;
    case 'expired':
    case 'cancelled':
      return null;
  }
};

const giveUp = async (
  deps: EndForEventDeps,
  tx: Tx,
  change: EventChange,
  booking: Booking,
  payment: Payment | null,
): Promise<Reached> => {
  const given = await giveUpTickets(deps, tx, {
    id: deps.ids.next('rfd'),
    booking,
    tickets: 'all',
    by: 'event',
    refund: { amount: 'all', reason: 'event_cancelled' },
    notice: null,
  });
  if (given === null) throw movedMeanwhile();
  return told(deps, tx, change, booking, payment, given);
};

/** Money that was not what it cost, and that nobody has decided about: now there is only one decision. */
const sendBack = async (
  deps: EndForEventDeps,
  tx: Tx,
  change: EventChange,
  booking: Booking,
  payment: Payment,
): Promise<Reached> => {
  if (booking.status === 'pending') await deps.bookings.markClosing(tx, booking.id, 'event');
  if (!(await endBooking(deps, tx, booking, 'cancelled'))) throw movedMeanwhile();
  const amount = refundableOf(payment);
  const refund =
    amount === 0
      ? null
      : await createRefund(deps, tx, {
          refundId: deps.ids.next('rfd'),
          payment,
          amount,
          reason: 'event_cancelled',
        });
  await deps.incidents.resolveByKey(tx, `mismatch:${booking.id}`, 'refund', deps.clock.now());
  return told(deps, tx, change, booking, payment, { refund, tickets: [] });
};

const close = async (
  deps: EndForEventDeps,
  tx: Tx,
  change: EventChange,
  booking: Booking,
): Promise<Reached> => {
  if (!(await deps.bookings.markClosing(tx, booking.id, 'event'))) throw movedMeanwhile();
  if (booking.paymentId !== null) await deps.payments.seal(tx, booking.paymentId);
  await deps.outbox.add(tx, [
    {
      job: 'booking.close',
      payload: { bookingId: booking.id, reason: 'event' },
      dueAt: deps.clock.now(),
      key: `close:${booking.id}:event`,
    },
  ]);
  return told(deps, tx, change, booking, null, { refund: null, tickets: [] });
};

const told = async (
  deps: EndForEventDeps,
  tx: Tx,
  { reason }: EventChange,
  booking: Booking,
  payment: Payment | null,
  { refund, tickets }: Pick<GivenUp, 'refund' | 'tickets'>,
): Promise<Reached> => {
  await reportWithheld(deps, tx, booking, payment);
  const comesBack = refund === null ? null : { amount: refund.amount, byHand: refund.intentId === null };
  const notice: EventChangeNotice = {
    kind: 'event_cancelled',
    bookingId: booking.id,
    reason: reason ?? '',
    comesBack,
    unpaid: booking.total.amount > 0 && payment === null,
  };
  await notifyBuyers(deps, tx, [{ notice, buyer: booking.buyer }]);
  const holders = otherHolders(booking, tickets);
  await notifyAll(
    deps,
    tx,
    holders.map((holderId) => ({ ...notice, comesBack: null, holderId })),
  );
  return { ended: 1, notified: 1 + holders.length, refunded: refund === null ? 0 : 1 };
};

/** A bank has (or may keep) what cannot be refunded for as long: should it come back to us, it is the buyer's. */
const reportWithheld = async (
  deps: EndForEventDeps,
  tx: Tx,
  booking: Booking,
  payment: Payment | null,
): Promise<void> => {
  const withheld = payment?.withheld ?? 0;
  if (withheld <= 0) return;
  await openIncident(deps, tx, booking, 'give_up_failed', `give_up:${booking.id}`, {
    reason: 'disputed: a bank withholds this money, so it was not refunded; refund it should you win',
    amount: withheld,
    currency: booking.total.currency,
  });
};
