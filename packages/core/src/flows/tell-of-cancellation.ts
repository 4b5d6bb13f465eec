import type { Booking } from '../bookings/booking.ts';
import type { Canceller } from '../bookings/cancellation.ts';
import type { BookingNotice } from '../notifications/notification.ts';
import { type NotifyDeps, notifyAll } from '../notifications/notify.ts';
import type { Refund } from '../refunds/refund.ts';
import type { UserId } from '../shared/ids.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Ticket } from '../tickets/ticket.ts';

/** Tells the buyer, unless `notice` says something else or nothing, and whoever else held one of the tickets: theirs is void as well. */
export const tellOfCancellation = (
  deps: NotifyDeps,
  tx: Tx,
  {
    booking: { id: bookingId, userId },
    tickets,
    by,
    revision,
    whole,
    message,
    refund,
    notice,
  }: {
    readonly booking: Booking;
    readonly tickets: readonly Ticket[];
    readonly by: Canceller;
    /** Of the booking from now on. */
    readonly revision: number;
    readonly whole: boolean;
    readonly message: string | undefined;
    readonly refund: Refund | null;
    readonly notice: BookingNotice | null | undefined;
  },
): Promise<void> => {
  const said = { bookingId, revision, by, ...(message !== undefined && { message }) };
  const toBuyer: BookingNotice | null =
    notice === undefined
      ? {
          ...said,
          kind: 'tickets_cancelled',
          labels: tickets.map(({ label }) => label),
          whole,
          refund: refund === null ? null : { amount: refund.amount, byHand: refund.intentId === null },
        }
      : notice;
  const held = new Map<UserId, string[]>();
  for (const { holderId, label } of tickets)
    if (holderId !== null && holderId !== userId) held.set(holderId, [...(held.get(holderId) ?? []), label]);
  const toHolders = [...held].map(
    ([holderId, labels]): BookingNotice => ({ ...said, kind: 'held_tickets_cancelled', holderId, labels }),
  );
  return notifyAll(deps, tx, [...(toBuyer === null ? [] : [toBuyer]), ...toHolders]);
};
