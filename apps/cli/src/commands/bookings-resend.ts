import type { CommandContext } from '../command-context.ts';
import { bookingIdOf } from '../find-booking.ts';
import { newNotificationId } from '../new-notification-id.ts';

export type BookingsResendOptions = { readonly org?: string; readonly email?: string };

/** Mails the tickets of a booking again, or to the right address. */
export const resendBooking = async (
  context: CommandContext,
  named: string,
  { org, email }: BookingsResendOptions,
): Promise<void> => {
  const { client, organizationId } = await context.inOrganization(org);
  const sent = await client.api.bookings.resendSold.mutate({
    organizationId,
    bookingId: await bookingIdOf(client, organizationId, named),
    notificationId: newNotificationId(),
    ...(email !== undefined && { email }),
  });
  context.done(sent, `The tickets are on their way to ${sent.to}.`);
};
