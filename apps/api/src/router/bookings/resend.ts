import { resendTickets, resendTicketsInput } from '@eventhorizon/core/notifications/resend-tickets';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Sends the tickets of one's own booking again, also to a corrected address. */
export const resend = attendeeProcedure.input(resendTicketsInput).mutation(({ ctx, input }) => {
  const { userId } = ctx;
  return resendTickets(ctx.deps, { ...input, by: 'buyer', userId, reader: { userId } });
});
