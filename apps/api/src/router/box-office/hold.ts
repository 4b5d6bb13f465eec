import { placeOrganizerHold, placeOrganizerHoldInput } from '@eventhorizon/core/holds/place-organizer-hold';
import { showHold } from '@eventhorizon/core/holds/show-hold';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Seats or places for a customer of the organization, also outside the sales window. */
export const hold = organizerProcedure('boxoffice.sell')
  .input(placeOrganizerHoldInput)
  .mutation(async ({ ctx, input }) =>
    showHold(ctx.deps, await placeOrganizerHold(ctx.deps, { ...input, access: ctx.access })),
  );
