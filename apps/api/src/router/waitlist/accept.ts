import { acceptOffer } from '@eventhorizon/core/flows/accept-offer';
import { acceptOfferInput } from '@eventhorizon/core/waitlist/accept-offer-input';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** Turns an offer into a booking. Asked again it answers with the same booking. */
export const accept = attendeeProcedure
  .input(acceptOfferInput)
  .mutation(({ ctx, input }) => acceptOffer(ctx.deps, { ...input, userId: ctx.userId }));
