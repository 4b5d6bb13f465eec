import { z } from 'zod';
import { reasonSchema } from '../bookings/box-office-input.ts';
import { requireCapability } from '../organizations/capabilities.ts';
import type { OrganizationAccess } from '../organizations/get-membership.ts';
import { DomainError } from '../shared/errors.ts';
import { idSchema } from '../shared/ids.ts';
import { equalMoney, minorUnitsSchema, moneySchema } from '../shared/money.ts';
import { proseSchema } from '../shared/text.ts';
import { type CancelBookingDeps, quoteChanged, refundBy } from './cancel-booking.ts';
import { type Cancelled, cancelledBefore, withOwnRefundId } from './cancelled-before.ts';
import { type GiveUpRefund, giveUpTickets } from './give-up-tickets.ts';
import { type CancellationMatter, judgeCancellation } from './judge-cancellation.ts';
import { cancellationScope } from './quote-cancellation.ts';
import { bookingOf, readCancellation } from './read-cancellation.ts';

/** What goes back: what the policy says, all of the price, so many minor units, or nothing. */
const returnSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('policy'), agreed: moneySchema }),
  z.object({ kind: z.literal('full'), agreed: moneySchema }),
  z.object({ kind: z.literal('amount'), amount: minorUnitsSchema.min(1) }),
  z.object({ kind: z.literal('nothing') }),
]);

export const cancelSoldBookingInput = cancellationScope.extend({
  organizationId: idSchema('org'),
  /** As of cancelBookingInput. */
  refundId: idSchema('rfd'),
  money: returnSchema,
  /** For the record of the organization; the buyer does not read it. */
  reason: reasonSchema,
  /** What the buyer reads in the letter. */
  message: proseSchema(500)
    .transform((text) => text.trim())
    .optional(),
});
export type CancelSoldBooking = z.output<typeof cancelSoldBookingInput>;

/**
 * An organizer cancels tickets of a booking, all or some, whoever holds them and whether the event has begun or not, and decides what goes back. Sending
 * money back takes the right to. Asked again with the same id it answers the cancellation as it stands. Throws `thing.not_found`,
 * `booking.bad_move`, `tickets.not_valid`, `cancellation.quote_changed`, `refund.exceeds_captured`, `refund.id_in_use`, `capability.missing`.
 */
export const cancelSoldBooking = async (
  deps: CancelBookingDeps,
  { access, ...command }: CancelSoldBooking & { readonly access: OrganizationAccess },
): Promise<Cancelled> => {
  const { bookingId, ticketIds, refundId: id, money, reason, message } = command;
  const { organizationId } = access;
  if (money.kind !== 'nothing') requireCapability(access.role, 'refunds.write');
  return withOwnRefundId(() =>
    deps.unitOfWork.run(async (tx) => {
      const booking = await bookingOf(deps, bookingId, { organizationId }, tx);
      const before = await cancelledBefore(deps, tx, booking, id);
      if (before !== null) return before;
      const matter = await readCancellation(deps, booking, { organizationId }, ticketIds, tx);
      const done = await giveUpTickets(deps, tx, {
        id,
        booking,
        tickets: matter.tickets,
        by: 'organizer',
        decided: { by: access.userId, reason },
        refund: refundFor(matter, command, deps.clock.now()),
        ...(message !== undefined && message !== '' && { message }),
      });
      if (done === null) throw new DomainError('booking.bad_move', { from: booking.status, to: 'cancelled' });
      return { booking: done.booking, refund: done.refund };
    }),
  );
};

const refundFor = (
  matter: CancellationMatter,
  { money, reason: note }: CancelSoldBooking,
  now: Date,
): GiveUpRefund | null => {
  switch (money.kind) {
    case 'nothing':
      return null;
    case 'amount':
      return { amount: money.amount, reason: 'organizer', note };
    case 'policy':
    case 'full': {
      const quote = judgeCancellation(matter, now, money.kind === 'full');
      if (!equalMoney(quote.total, money.agreed)) throw quoteChanged(quote);
      return refundBy(quote, 'organizer', note);
    }
  }
};
