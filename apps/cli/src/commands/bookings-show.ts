import type { CommandContext } from '../command-context.ts';
import { bookingIdOf } from '../find-booking.ts';
import { renderSold } from '../render-sold.ts';

/** One booking with its tickets, payment and refunds. */
export const showSold = async (
  context: CommandContext,
  named: string,
  { org }: { readonly org?: string },
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const bookingId = await bookingIdOf(client, organizationId, named);
  const booking = await client.api.bookings.getSold.query({ organizationId, bookingId });
  context.print(booking, () => renderSold(context.io, booking));
};
