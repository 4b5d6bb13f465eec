import { chooseOrganization } from '../choose-organization.ts';
import type { CommandContext } from '../command-context.ts';
import { bookingIdOf } from '../find-booking.ts';
import { green } from '../io.ts';
import { newNotificationId } from '../new-notification-id.ts';

export type BookingsResendOptions = { readonly org?: string; readonly email?: string };

/** Mails the tickets of a booking again, or to the right address. */
export const resendBooking = async (
  context: CommandContext,
  named: string,
  { org, email }: BookingsResendOptions,
): Promise<void> => {
  const client = await context.loggedIn();
  const organizationId = await chooseOrganization(client, org);
  const sent = await client.api.bookings.resendSold.mutate({
    organizationId,
    bookingId: await bookingIdOf(client, organizationId, named),
    notificationId: newNotificationId(),
    ...(email !== undefined && { email }),
  });
  context.print(sent, () => `${green(context.io, '✓')} The tickets are on their way to ${sent.to}.\n`);
};
