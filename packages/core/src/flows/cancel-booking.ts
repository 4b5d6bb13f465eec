import type { z } from 'zod';
import { DomainError } from '../shared/errors.ts';
import { idSchema, type UserId } from '../shared/ids.ts';
import { equalMoney, moneySchema } from '../shared/money.ts';
import { type Cancelled, cancelledBefore, withOwnRefundId } from './cancelled-before.ts';
import { type GiveUpTicketsDeps, giveUpTickets } from './give-up-tickets.ts';
import { type CancellationQuote, judgeCancellation } from './judge-cancellation.ts';
import { cancellationScope } from './quote-cancellation.ts';
import { bookingOf, type ReadCancellationDeps, readCancellation } from './read-cancellation.ts';
import type { SaleDeps } from './sale-deps.ts';

export const cancelBookingInput = cancellationScope.extend({
  /** Minted by the caller: the same call again finds the cancellation done. Its refund gets this id, where money goes back. */
  refundId: idSchema('rfd'),
  /** The quote's total. */
  agreed: moneySchema,
});
export type CancelBooking = z.output<typeof cancelBookingInput>;

export type CancelBookingDeps = ReadCancellationDeps & GiveUpTicketsDeps & Pick<SaleDeps, 'unitOfWork'>;

/**
 * A buyer gives tickets of their own up, all or some, for what the quote said. If that has changed meanwhile nothing is done, and
 * `cancellation.quote_changed` brings the new one. Asked again with the same id it answers the cancellation as it stands. Throws
 * besides as readCancellation does, and `refund.id_in_use`.
 */
export const cancelBooking = (
  deps: CancelBookingDeps,
  { userId, bookingId, ticketIds, refundId: id, agreed }: CancelBooking & { readonly userId: UserId },
): Promise<Cancelled> =>
  withOwnRefundId(() =>
    deps.unitOfWork.run(async (tx) => {
      const booking = await bookingOf(deps, bookingId, { userId }, tx);
      const before = await cancelledBefore(deps, tx, booking, id);
      if (before !== null) return before;
      const matter = await readCancellation(deps, booking, { userId }, ticketIds, tx);
      const quote = judgeCancellation(matter, deps.clock.now());
      if (!equalMoney(quote.total, agreed)) throw quoteChanged(quote);
      const done = await giveUpTickets(deps, tx, {
        id,
        booking,
        tickets: matter.tickets,
        by: 'buyer',
        refund: refundBy(quote, 'buyer'),
      });
      if (done === null) throw new DomainError('booking.bad_move', { from: booking.status, to: 'cancelled' });
      return { booking: done.booking, refund: done.refund };
    }),
  );

export const quoteChanged = ({ total, validUntil }: CancellationQuote): DomainError =>
  new DomainError('cancellation.quote_changed', {
    total: total.amount,
    currency: total.currency,
    validUntil: validUntil?.toISOString() ?? null,
  });

/** The refund that a quote promises. */
export const refundBy = <R extends string>(
  { total, tickets }: CancellationQuote,
  reason: R,
  note?: string,
) => ({
  amount: total.amount,
  parts: tickets.map(({ returned }) => returned),
  reason,
  ...(note !== undefined && { note }),
});
