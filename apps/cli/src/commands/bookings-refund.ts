import { formatMoney } from '@eventhorizon/core/shared/money';
import type { CommandContext } from '../command-context.ts';
import { bookingIdOf } from '../find-booking.ts';
import { newRefundId } from '../new-refund-id.ts';
import { parseAmount } from '../parse-amount.ts';
import { UsageError } from '../usage-error.ts';

export type BookingsRefundOptions = { readonly org?: string; readonly reason: string };

/** Sends money of a booking back; its tickets stay valid. */
export const refundBooking = async (
  context: CommandContext,
  named: string,
  amount: string,
  { org, reason }: BookingsRefundOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const bookingId = await bookingIdOf(client, organizationId, named);
  const { payment } = await client.api.payments.ofBooking.query({ organizationId, bookingId });
  if (payment === null) throw new UsageError('Nothing was paid for this booking, so nothing can go back.');
  const refund = await client.api.payments.refund.mutate({
    organizationId,
    paymentId: payment.id,
    refundId: newRefundId(),
    amount: parseAmount(amount, payment.captured.currency).amount,
    reason,
  });
  const how = payment.method === 'provider' ? 'goes back' : 'waits to be given back by hand';
  context.done(refund, `${formatMoney(refund.amount)} ${how}, ${refund.id}. The tickets stay valid.`);
};
