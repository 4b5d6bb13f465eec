import { declineOffer } from '@eventhorizon/core/flows/decline-offer';
import { offerRefInput } from '@eventhorizon/core/waitlist/waitlist-input';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Lets an offer go to the next in line, and leaves the waitlist. */
export const decline = attendeeProcedure
  .input(offerRefInput)
  .mutation(({ ctx, input }) => declineOffer(ctx.deps, { ...input, userId: ctx.userId }));
