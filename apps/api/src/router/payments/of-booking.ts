import { getSoldMoney } from '@eventhorizon/core/refunds/get-sold-money';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { z } from 'zod';
import { organizerProcedure } from '../../trpc/procedures.ts';

/** What came in for a booking that the organization sold, what went back, and what still can. */
export const ofBooking = organizerProcedure('bookings.read')
  .input(z.object({ bookingId: idSchema('bkg') }))
  .query(({ ctx, input }) => getSoldMoney(ctx.deps, input));
