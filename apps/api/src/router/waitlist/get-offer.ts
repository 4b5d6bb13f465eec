import { offerView } from '@eventhorizon/core/waitlist/entry-view';
import { getOwnOffer } from '@eventhorizon/core/waitlist/get-own-offer';
import { offerRefInput } from '@eventhorizon/core/waitlist/waitlist-input';
import { attendeeProcedure } from '../../trpc/procedures.ts';

/** What is offered to the caller, until when, and at which prices. */
export const getOffer = attendeeProcedure
  .input(offerRefInput)
  .query(async ({ ctx, input }) =>
    offerView(await getOwnOffer(ctx.deps.waitlistOffers, { ...input, userId: ctx.userId })),
  );
