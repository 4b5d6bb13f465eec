import type { Booking } from '../bookings/booking.ts';
import type { Canceller } from '../bookings/cancellation.ts';
import type { BookingNotice } from '../notifications/notices/booking-notice.ts';
import { type NotifyDeps, notifyAll } from '../notifications/notify.ts';
import type { Refund } from '../refunds/refund.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { otherHolders } from './other-holders.ts';

/** Tells the buyer, and whoever else held one of the tickets: theirs is void as well. Of the money these learn nothing. */
export const tellOfCancellation = (
  deps: NotifyDeps,
  tx: Tx,
  {
    booking,
    tickets,
    by,
    revision,
    whole,
    message,
    refund,
  }: {
    readonly booking: Booking;
    readonly tickets: readonly Ticket[];
    readonly by: Canceller;
    /** Of the booking from now on. */
    readonly revision: number;
    readonly whole: boolean;
    readonly message: string | undefined;
    readonly refund: Refund | null;
  },
): Promise<void> => {
  const said = { bookingId: booking.id, revision, by, ...(message !== undefined && { message }) };
  const labelsOf = (some: readonly Ticket[]) => some.map(({ label }) => label);
  return notifyAll(deps, tx, [
    {
      ...said,
      kind: 'tickets_cancelled',
      labels: labelsOf(tickets),
      whole,
      refund: refund === null ? null : { amount: refund.amount, byHand: refund.intentId === null },
    },
    ...otherHolders(booking, tickets).map(
      (holderId): BookingNotice => ({
        ...said,
        kind: 'held_tickets_cancelled',
        holderId,
        labels: labelsOf(tickets.filter((ticket) => ticket.holderId === holderId)),
      }),
    ),
  ]);
};
