import { forSeller } from '@eventhorizon/core/bookings/booking-view';
import { boxOfficeSaleInput } from '@eventhorizon/core/bookings/box-office-input';
import { sellAtBoxOffice } from '@eventhorizon/core/flows/sell-at-box-office';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** Sells a hold of the organization to a customer. The same call again answers with the same booking. */
export const sell = organizerProcedure('boxoffice.sell')
  .input(boxOfficeSaleInput)
  .mutation(async ({ ctx, input }) =>
    forSeller(await sellAtBoxOffice(ctx.deps, { ...input, access: ctx.access })),
  );
