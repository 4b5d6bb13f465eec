import { resendTickets, resendTicketsInput } from '@eventhorizon/core/notifications/resend-tickets';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Sends the tickets of a booking of the organization again, also to a corrected address where the organization sold it. */
export const resendSold = organizerProcedure('bookings.write')
  .input(resendTicketsInput)
  .mutation(({ ctx, input: { organizationId, ...input } }) => {
    const { userId } = ctx;
    return resendTickets(ctx.deps, { ...input, by: 'organizer', userId, reader: { organizationId } });
  });
