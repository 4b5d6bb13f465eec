import type { Canceller } from '../../bookings/cancellation.ts';
import type { BookingId, UserId } from '../../shared/ids.ts';
import type { Money } from '../../shared/money.ts';

/** Tickets that were paid for are void. */
export type TicketsCancelledNotice = {
  readonly kind: 'tickets_cancelled';
  readonly bookingId: BookingId;
  /** Of the booking since then: tells several of one booking apart. */
  readonly revision: number;
  readonly by: Canceller;
  /** Labels of the units. */
  readonly labels: readonly string[];
  /** Nothing of the booking is left. */
  readonly whole: boolean;
  /** What the organizer says to the buyer; absent: nothing. */
  readonly message?: string | undefined;
  /** What goes back for them; `byHand`: an organizer gives it. null: nothing. */
  readonly refund: { readonly amount: Money; readonly byHand: boolean } | null;
};

/** To somebody to whom tickets were passed on: they are void. Of the money they learn nothing. */
export type HeldTicketsCancelledNotice = Pick<
  TicketsCancelledNotice,
  'bookingId' | 'revision' | 'by' | 'labels' | 'message'
> & { readonly kind: 'held_tickets_cancelled'; readonly holderId: UserId };
