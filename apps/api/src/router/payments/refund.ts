import { reasonSchema } from '@eventhorizon/core/bookings/box-office-input';
import { requestRefund } from '@eventhorizon/core/flows/request-refund';
import { idSchema } from '@eventhorizon/core/shared/ids';
import { minorUnitsSchema } from '@eventhorizon/core/shared/money';
import { z } from 'zod';
import { organizerProcedure } from '../../trpc/procedures.ts';

const refundInput = z.object({
  /** Minted by the caller, as a hold's is: with the same one again the answer is the refund that stands. */
  refundId: idSchema('rfd'),
  paymentId: idSchema('pay'),
  /** Minor units of what was captured. */
  amount: minorUnitsSchema.min(1),
  /** Why; for the record of the organization. */
  reason: reasonSchema.optional(),
});

/** Sends part of a payment back; the tickets are not touched. */
export const refund = organizerProcedure('refunds.write')
  .input(refundInput)
  .mutation(({ ctx, input }) => requestRefund(ctx.deps, input));
