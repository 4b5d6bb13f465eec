import type { Booking } from '../bookings/booking.ts';
import type { ChangeCounts, EventChange } from '../events/changes/event-change.ts';
import type { BookingNotice } from '../notifications/notification.ts';
import type { NotifyDeps } from '../notifications/notify.ts';
import { notifyBuyers } from '../notifications/notify-buyers.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { SaleDeps } from './sale-deps.ts';
import { tellHolders } from './tell-holders.ts';

export type TellOfChangeDeps = NotifyDeps & Pick<SaleDeps, 'bookings' | 'tickets' | 'transfers'>;

/**
 * A booking learns, as part of `tx`, that its event has another date, or none yet; its buyer is told, once a change. Unpaid ones that are
 * ending learn the date for the case that their money still comes, and nobody is told. null: it knew, or was bought knowing it.
 */
export const tellOfChange = async (
  deps: TellOfChangeDeps,
  tx: Tx,
  change: EventChange,
  booking: Booking,
): Promise<Partial<ChangeCounts> | null> => {
  if (booking.status === 'cancelled' || booking.status === 'expired' || knewOf(change, booking)) return null;
  if (!(await deps.bookings.markChanged(tx, booking.id, change.id, change.to))) return null;
  if (booking.status === 'closing') return {};
  await notifyBuyers(deps, tx, [{ notice: noticeOf(change, booking), buyer: booking.buyer }]);
  await tellThoseWhoWereGiven(deps, tx, change, booking);
  return { notified: 1 };
};

const tellThoseWhoWereGiven = async (
  deps: TellOfChangeDeps,
  tx: Tx,
  { id: changeId, to, reason }: EventChange,
  booking: Booking,
): Promise<void> => {
  const tickets = await deps.tickets.listOfBooking(booking.id, tx);
  const valid = tickets.filter(({ status }) => status === 'valid');
  await tellHolders(deps, tx, booking, valid, (transferId) => ({
    kind: 'transfer_event_changed',
    transferId,
    changeId,
    reason,
    moved: to !== null,
  }));
};

/** Bought after the change, under the new date. Whoever was in the shop at that moment has the old date in the booking, or came before. */
const knewOf = ({ startedAt, to }: EventChange, { createdAt, event }: Booking): boolean =>
  to !== null && createdAt >= startedAt && event.startsAt.at.getTime() === to.at.getTime();

const noticeOf = (change: EventChange, booking: Booking): BookingNotice => {
  const said = {
    bookingId: booking.id,
    changeId: change.id,
    reason: change.reason,
    refundUntil: change.fullRefundUntil ?? change.startedAt,
  };
  if (change.to === null) return { ...said, kind: 'event_postponed' };
  const { local, zone } = booking.event.startsAt;
  return { ...said, kind: 'event_moved', before: { local, zone } };
};
