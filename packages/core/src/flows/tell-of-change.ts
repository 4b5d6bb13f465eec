import type { Booking } from '../bookings/booking.ts';
import type { ChangeCounts, EventChange } from '../events/changes/event-change.ts';
import type { EventChangeNotice } from '../notifications/notices/event-change-notice.ts';
import { type NotifyDeps, notifyAll } from '../notifications/notify.ts';
import { notifyBuyers } from '../notifications/notify-buyers.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { otherHolders } from './other-holders.ts';
import type { SaleDeps } from './sale-deps.ts';

export type TellOfChangeDeps = NotifyDeps & Pick<SaleDeps, 'bookings' | 'tickets'>;

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
  const notice = noticeOf(change, booking);
  await notifyBuyers(deps, tx, [{ notice, buyer: booking.buyer }]);
  const valid = (await deps.tickets.listOfBooking(booking.id, tx)).filter(({ status }) => status === 'valid');
  const holders = otherHolders(booking, valid);
  await notifyAll(
    deps,
    tx,
    holders.map((holderId) => ({ ...notice, holderId })),
  );
  return { notified: 1 + holders.length };
};

/** Bought after the change, under the new date. Whoever was in the shop at that moment has the old date in the booking, or came before. */
const knewOf = ({ startedAt, to }: EventChange, { createdAt, event }: Booking): boolean =>
  to !== null && createdAt >= startedAt && event.startsAt.at.getTime() === to.at.getTime();

/** What the buyer of a booking is told of a change. */
export const noticeOf = (change: EventChange, booking: Booking): EventChangeNotice => {
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
