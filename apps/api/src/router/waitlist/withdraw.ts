import { withdrawOffer } from '@eventhorizon/core/flows/withdraw-offer';
import { withdrawOfferInput } from '@eventhorizon/core/waitlist/desk-input';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Takes an open offer back; what it had goes to the next. */
export const withdraw = organizerProcedure('waitlist.write')
  .input(withdrawOfferInput)
  .mutation(({ ctx, input }) => withdrawOffer(ctx.deps, { ...input, access: ctx.access }));
