import { offerByHand } from '@eventhorizon/core/flows/offer-by-hand';
import { offerByHandInput } from '@eventhorizon/core/waitlist/desk-input';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Offers to one entry out of its turn. With the same offer id again: the offer as it stands. */
export const offer = organizerProcedure('waitlist.write')
  .input(offerByHandInput)
  .mutation(({ ctx, input }) => offerByHand(ctx.deps, { ...input, access: ctx.access }));
