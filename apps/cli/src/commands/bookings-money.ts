import type { CommandContext } from '../command-context.ts';
import { bookingIdOf } from '../find-booking.ts';
import { renderMoney } from '../render-money.ts';

/** What came in for a booking, what went back and how that stands. */
export const showMoney = async (
  context: CommandContext,
  named: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const bookingId = await bookingIdOf(client, organizationId, named);
  const sold = await client.api.payments.ofBooking.query({ organizationId, bookingId });
  context.print(sold, () => renderMoney(context.io, sold));
};
