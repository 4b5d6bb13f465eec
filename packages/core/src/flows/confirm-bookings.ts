import { notifyBuyers } from '../notifications/notify-buyers.ts';
import type { Capture } from '../payments/stores.ts';
import { DomainError } from '../shared/errors.ts';
import type { Tx } from '../shared/unit-of-work.ts';
import { issueTickets } from '../tickets/issue-tickets.ts';
import type { FinalizeItem } from './finalize-state.ts';
import type { SaleDeps } from './sale-deps.ts';
import { settleStuck } from './stuck-payment.ts';
import { tellLateOfPostponement } from './tell-late-of-postponement.ts';

export type ConfirmDeps = Pick<
  SaleDeps,
  'outbox' | 'clock' | 'ids' | 'bookings' | 'payments' | 'tickets' | 'incidents' | 'notifications' | 'changes'
>;

/**
 * pending | closing -> confirmed for all of these, with their tickets, their money and the word to their buyers. The
 * claims stay. All or none: throws (and so aborts `tx`) when one of them has moved meanwhile.
 */
export const confirmBookings = async (
  deps: ConfirmDeps,
  tx: Tx,
  items: readonly FinalizeItem[],
): Promise<void> => {
  if (items.length === 0) return;
  const now = deps.clock.now();
  const ids = items.map(({ booking }) => booking.id);
  if ((await deps.bookings.markConfirmed(tx, ids, now)) !== ids.length) throw movedMeanwhile();
  await deps.tickets.insertAll(
    tx,
    items.flatMap(({ booking }) => issueTickets(booking, now)),
  );
  const captures = items.flatMap(captureOf);
  if ((await deps.payments.markCaptured(tx, captures)) !== captures.length) throw movedMeanwhile();
  for (const { booking } of items) await settleStuck(deps, tx, booking, 'paid');
  await notifyBuyers(
    deps,
    tx,
    items.map(({ booking: { id: bookingId, buyer } }) => ({
      notice: { kind: 'booking_confirmed', bookingId },
      buyer,
    })),
  );
  // Who was ending when the event was postponed was not told of it.
  for (const { booking, eventStatus } of items)
    if (eventStatus === 'postponed' && booking.status === 'closing')
      await tellLateOfPostponement(deps, tx, booking);
};

/** Nothing for a free booking, and for one whose money was taken down before (a mismatch that a person accepted). */
export const captureOf = ({ payment, money }: FinalizeItem): Capture[] =>
  payment === null || money === null || payment.status === 'captured'
    ? []
    : [
        {
          paymentId: payment.id,
          intentId: money.intentId,
          amount: money.amount,
          currency: money.currency,
          paidAt: money.paidAt,
        },
      ];

export const movedMeanwhile = (): DomainError => new DomainError('busy.try_again', { retryAfterMs: 100 });
